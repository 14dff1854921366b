package org.realm4knime.standin;

import java.nio.file.Path;

/**
 * Where a file store is.
 *
 * @param path of its file or folder, which may not be there yet
 */
public record StoredFile(Path path) {}
