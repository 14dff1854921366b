package org.realm4knime.engine;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written, in words: most of Java's exceptions say no more than the file's name. */
public final class IoReason {

    private IoReason() {}

    /**
     * @param e what happened
     * @return the reason without a full stop, with the file where the exception names one
     */
    public static String of(IOException e) {
        if (e instanceof EOFException) {
            return "it ends before it is whole";
        }
        if (!(e instanceof FileSystemException failure)) {
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
        String file = failure.getFile() == null ? "the file" : failure.getFile();
        if (e instanceof NoSuchFileException) {
            return file + " does not exist";
        } else if (e instanceof AccessDeniedException) {
            return file + " may not be read or written by this user (permission denied)";
        } else if (e instanceof FileAlreadyExistsException) {
            return file + " exists already and is no folder";
        } else if (e instanceof NotDirectoryException) {
            return file + " is no folder";
        } else if (e instanceof DirectoryNotEmptyException) {
            return file + " is a folder with files in it";
        }
        if ("Not a directory".equals(failure.getReason())) { // from POSIX; Java has no exception of its own for it
            return file + " lies within a file that is no folder";
        }
        return failure.getReason() == null ? e.toString() : file + ": " + failure.getReason();
    }
}
