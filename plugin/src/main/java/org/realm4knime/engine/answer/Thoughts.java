package org.realm4knime.engine.answer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model thought before it spoke, as the tags of the common model families mark it: {@code <think>},
 * {@code <thinking>}, {@code <reasoning>}, {@code [THINK]}, {@code <|begin_of_thought|>}, gpt-oss's channels and their
 * like. A thought is no answer, no step and no claim. The opening tag may be missing, since chat templates put it into
 * the prompt.
 */
public final class Thoughts {

    private static final String WORD = "(?:inner[_ -])?(?:think(?:ing)?|thoughts?(?:[_ -]process)?|reasoning|reason|"
            + "reflect(?:ion)?|scratch[_ -]?pad|analysis|monologue|deliberation|cot|chain[_ -]of[_ -]thoughts?)";

    /** An opening or a closing tag; a closing one fills the group. */
    private static final Pattern TAG = Pattern.compile(
            "<\\|?(?:seed:)?(?:begin_of_|start_of_|start_)?" + WORD + "(?:[_ -]?start)?(?:\\s[^<>\\n]{0,80})?\\|?>"
                    + "|(<\\|?(?:/|end_of_|end_)(?:seed:)?" + WORD + "\\s?\\|?>|<\\|?/?" + WORD + "[_ -]?end\\|?>"
                    + "|\\[/THINK(?:ING)?]|\u25C1/think\u25B7|<unused95>)"
                    + "|\\[THINK(?:ING)?]|\u25C1think\u25B7|<unused94>",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern CHANNEL =
            Pattern.compile("<\\|channel\\|>\\s*(\\w{1,40})[^<]{0,80}(?:<\\|constrain\\|>[^<]{0,80})?<\\|message\\|>");

    /** Channels whose special tokens were left out when the text was decoded. */
    private static final Pattern BARE_CHANNEL = Pattern.compile("^\\s*(?:analysis|commentary)(?=[\\p{Lu}\"'(\\d])");

    private static final String BARE_FINAL = "assistantfinal";

    /** Tokens that end a turn, which some decoders leave in the text. */
    private static final Pattern END_OF_TURN = Pattern.compile("(?:<\\|[a-z_]{1,30}\\|>|</s>|<eos>|<end_of_turn>)$");

    private static final int LONGEST_TOKEN = 34;

    private Thoughts() {}

    /**
     * What a model said: the text after its last thought.
     *
     * @param text everything the model wrote
     * @return the rest, with its white space; empty if a thought never ends
     */
    public static Optional<String> without(String text) {
        return afterChannels(text).flatMap(Thoughts::afterTags).map(Thoughts::withoutEnd);
    }

    /**
     * The reasoning that a model shows: the text after its last thought, without one that never ends.
     *
     * @param text everything the model wrote
     * @return the text to look for steps in; blank if all of it is thought
     */
    public static String shown(String text) {
        Optional<String> said = without(text);
        if (said.isPresent()) {
            return said.get();
        }
        if (text.contains("<|channel|>") || BARE_CHANNEL.matcher(text).find()) {
            return "";
        }
        int from = 0;
        int to = text.length();
        Matcher tag = TAG.matcher(text);
        boolean open = false;
        while (tag.find()) {
            boolean closes = tag.group(1) != null;
            if (closes) {
                from = tag.end();
                open = false;
            } else if (!open) {
                to = tag.start();
                open = true;
            }
        }
        return text.substring(Math.min(from, to), to);
    }

    private static Optional<String> afterTags(String text) {
        Matcher tag = TAG.matcher(text);
        int from = 0;
        boolean open = false;
        while (tag.find()) {
            open = tag.group(1) == null;
            from = tag.end();
        }
        return open ? Optional.empty() : Optional.of(text.substring(from));
    }

    private static Optional<String> afterChannels(String text) {
        if (text.contains("<|channel|>")) {
            Matcher channel = CHANNEL.matcher(text);
            String last = "";
            int from = 0;
            while (channel.find()) {
                last = channel.group(1);
                from = channel.end();
            }
            return last.equals("final") ? Optional.of(text.substring(from)) : Optional.empty();
        }
        if (BARE_CHANNEL.matcher(text).find()) {
            int end = text.lastIndexOf(BARE_FINAL);
            return end < 0 ? Optional.empty() : Optional.of(text.substring(end + BARE_FINAL.length()));
        }
        return Optional.of(text);
    }

    private static String withoutEnd(String text) {
        int end = text.length();
        while (true) {
            int stripped = end;
            while (stripped > 0 && Character.isWhitespace(text.charAt(stripped - 1))) {
                stripped--;
            }
            Matcher token = END_OF_TURN.matcher(text.substring(Math.max(0, stripped - LONGEST_TOKEN), stripped));
            if (!token.find()) {
                return text.substring(0, end);
            }
            end = stripped - (token.end() - token.start());
        }
    }
}
