package org.realm4knime.headless.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A command run in this process.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it printed to the error stream
 */
record CommandLineRun(int code, String out, String err) {

    static CommandLineRun of(Object... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
            String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
            int code = RealmCommand.execute(words);
            return new CommandLineRun(
                    code, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
