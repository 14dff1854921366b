package org.realm4knime.engine.problem.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;

/** Bytes of a file; before each piece it asks whether to stop, so that whoever parses them need not. */
final class AskingStream extends FilterInputStream {

    private final Progress progress;

    /** The user asked to stop. Parsers let it through, as any failure to read. */
    static final class CanceledException extends IOException {

        private static final long serialVersionUID = 1;

        private CanceledException(CanceledJobException cause) {
            super(cause);
        }

        /** What the engine throws for it. */
        CanceledJobException ofJob() {
            return (CanceledJobException) getCause();
        }
    }

    AskingStream(InputStream bytes, Progress progress) {
        super(bytes);
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        ask();
        return super.read();
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        ask();
        return super.read(into, from, most);
    }

    private void ask() throws CanceledException {
        try {
            progress.checkCanceled();
        } catch (CanceledJobException e) {
            throw new CanceledException(e);
        }
    }
}
