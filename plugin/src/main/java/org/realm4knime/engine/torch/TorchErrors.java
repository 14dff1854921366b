package org.realm4knime.engine.torch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.realm4knime.engine.EngineException;

/** Turns the pages that TorchScript prints about an error into one sentence. */
final class TorchErrors {

    private static final Pattern SCRIPT_LINE = Pattern.compile("__torch__\\.py\", line (\\d+)");
    private static final Pattern ERROR = Pattern.compile("(?m)^(?:\\w*Error|AssertionError|\\w+Exception): ?(.*)$");
    private static final Pattern OUT_OF_MEMORY =
            Pattern.compile("(?i)not enough memory|out of memory|can't allocate memory|bad_alloc");

    private TorchErrors() {}

    /**
     * The error for the user; the whole of TorchScript's message stays in the cause.
     *
     * @param what what failed, the beginning of the sentence
     * @param cause DJL's exception
     * @param source the program, to name the line of its source file
     */
    static EngineException readable(String what, RuntimeException cause, ProgramSource source) {
        String text = String.valueOf(cause.getMessage());
        if (OUT_OF_MEMORY.matcher(text).find()) {
            return outOfMemory(what, cause);
        }
        return new EngineException(what + at(text, source) + ": " + reason(text), cause);
    }

    /** The error, if it is that PyTorch got no memory; else what was thrown. */
    static RuntimeException readable(ai.djl.engine.EngineException cause) {
        return OUT_OF_MEMORY.matcher(String.valueOf(cause.getMessage())).find()
                ? outOfMemory("A tensor could not be made", cause)
                : cause;
    }

    private static EngineException outOfMemory(String what, RuntimeException cause) {
        return new EngineException(what + ": " + MemoryAdvice.NATIVE, cause);
    }

    private static String firstLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("unknown reason");
    }

    /** The innermost line is the last one named. */
    private static String at(String text, ProgramSource source) {
        Matcher matcher = SCRIPT_LINE.matcher(text);
        String origin = "";
        while (matcher.find()) {
            origin = " at " + source.origin(Integer.parseInt(matcher.group(1)));
        }
        return origin;
    }

    private static String reason(String text) {
        Matcher matcher = ERROR.matcher(text);
        String reason = null;
        while (matcher.find()) {
            reason = matcher.group(1);
        }
        return (reason == null ? firstLine(text) : reason).strip();
    }
}
