package org.realm4knime.engine.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;
import org.realm4knime.engine.template.JinjaTemplate;
import org.realm4knime.engine.torch.Torch;

/**
 * Text to token ids and back, by a Hugging Face tokenizer.json, with the chat template and the end tokens that its
 * neighbour files name.
 *
 * <p>Immutable, may be shared by models and threads. Its native part is freed by the garbage collector.
 */
public final class TextTokenizer {

    private static final String TOKENIZER_FILE = "tokenizer.json";
    static final String CONFIG_FILE = "tokenizer_config.json";
    static final String GENERATION_FILE = "generation_config.json";
    private static final String SPECIAL_FILE = "special_tokens_map.json";
    private static final String TEMPLATE_FILE = "chat_template.jinja";
    /** Stands for what somebody says. */
    private static final String PLACE = "qzjx";
    /** Files of a model directory that belong to the tokenizer and go wherever the model is written. */
    private static final List<String> FILES = List.of(
            TOKENIZER_FILE,
            CONFIG_FILE,
            GENERATION_FILE,
            TEMPLATE_FILE,
            SPECIAL_FILE,
            "added_tokens.json",
            "vocab.json",
            "merges.txt");

    private final Map<String, byte[]> files;
    private final HuggingFaceTokenizer tokenizer;
    private final int vocabSize;
    /** Rows of the model's embedding. */
    private final int rows;

    private int[] stopIds;
    private final OptionalInt unknown;
    private final int padId;
    private final JinjaTemplate chatTemplate;
    private String chatTemplateText;
    private final Map<String, Object> templateTokens;
    private final String beginToken;

    private TextTokenizer(Path directory, Map<String, byte[]> files, int rows) throws IOException {
        this.files = files;
        Path file = directory.resolve(TOKENIZER_FILE);
        JsonObject config = json(directory, CONFIG_FILE);
        TokenizerJson vocabulary = TokenizerOpening.vocabulary(file, text(TOKENIZER_FILE));
        tokenizer = TokenizerOpening.open(file, files.get(TOKENIZER_FILE));
        vocabSize = vocabulary.size();
        this.rows = rows;
        requireRows(vocabulary.sizeForText(), directory);
        String eos = specialToken(config, "eos_token", directory);
        stopIds = EndTokens.read(
                directory,
                files.containsKey(GENERATION_FILE) ? json(directory, GENERATION_FILE) : null,
                eos == null ? OptionalInt.empty() : vocabulary.id(eos));
        padId = vocabulary
                .id(String.valueOf(specialToken(config, "pad_token", directory)))
                .orElse(stopIds[0]);
        chatTemplate = chatTemplate(directory, config);
        unknown = vocabulary.unknown();
        String bos = orEmpty(specialToken(config, "bos_token", directory));
        beginToken = beginsWith(vocabulary.id(bos)) ? bos : "";
        templateTokens = new HashMap<>();
        templateTokens.put("bos_token", bos);
        templateTokens.put("eos_token", orEmpty(eos));
        endOfTurn(vocabulary).ifPresent(this::endFirst);
    }

    /** The special token that the chat template puts behind an assistant's words, where it does. */
    private OptionalInt endOfTurn(TokenizerJson vocabulary) {
        if (chatTemplate == null) {
            return OptionalInt.empty();
        }
        try {
            String text = chat(
                    List.of(Map.of("role", "user", "content", PLACE), Map.of("role", "assistant", "content", PLACE)),
                    false);
            int place = text.lastIndexOf(PLACE);
            if (place < 0) {
                return OptionalInt.empty(); // a template that leaves the words out
            }
            String behind = text.substring(place + PLACE.length()).stripLeading();
            int[] ids = encode(behind);
            boolean ends = ids.length > 0
                    && (vocabulary.isSpecial(ids[0]) || Arrays.stream(stopIds).anyMatch(id -> id == ids[0]));
            return ends ? OptionalInt.of(ids[0]) : OptionalInt.empty();
        } catch (EngineException e) {
            return OptionalInt
                    .empty(); // a template that takes no assistant's words; it says so when it is used for them
        }
    }

    private void endFirst(int id) {
        stopIds = IntStream.concat(IntStream.of(id), Arrays.stream(stopIds).filter(other -> other != id))
                .toArray();
    }

    /** Whether this tokenizer cuts every text into the same tokens as another: they are described by the same file. */
    public boolean hasTokensOf(TextTokenizer other) {
        return Arrays.equals(files.get(TOKENIZER_FILE), other.files.get(TOKENIZER_FILE));
    }

    /**
     * Reads the tokenizer of a Hugging Face directory.
     *
     * @param directory folder with tokenizer.json and, if any, tokenizer_config.json and generation_config.json
     * @throws EngineException if tokenizer.json is missing or damaged, or no end token is known
     */
    public static TextTokenizer read(Path directory) {
        return read(directory, Integer.MAX_VALUE);
    }

    /**
     * Reads the tokenizer of a model, whose embedding may lack rows for its last special tokens; texts with these are
     * refused then.
     *
     * @param rows rows of the embedding
     * @throws EngineException also if the tokenizer has further tokens that the embedding lacks
     */
    static TextTokenizer read(Path directory, int rows) {
        Path file = directory.resolve(TOKENIZER_FILE);
        if (!Files.exists(file)) {
            throw new EngineException(file + " is missing. Models with only a tokenizer.model need conversion by"
                    + " transformers: AutoTokenizer.from_pretrained(...).save_pretrained(...).");
        }
        try {
            Map<String, byte[]> files = new LinkedHashMap<>();
            for (String name : FILES) {
                if (Files.exists(directory.resolve(name))) {
                    JsonFiles.requireSize(directory.resolve(name));
                    files.put(name, Files.readAllBytes(directory.resolve(name)));
                }
            }
            return new TextTokenizer(directory, files, rows);
        } catch (IOException e) {
            throw new EngineException(directory + " cannot be read: " + IoReason.of(e) + ".", e);
        }
    }

    private void requireRows(int needed, Path directory) {
        if (needed > rows) {
            throw new EngineException("%s: the tokenizer has %d tokens, but the model's vocab_size is only %d."
                    .formatted(directory, needed, rows));
        }
    }

    /**
     * Token ids of a text. Special tokens written out in the text are recognised; none is added.
     *
     * @throws EngineException if the text has a special token that the model has no embedding for
     */
    public int[] encode(String text) {
        long[] ids = TokenizerOpening.encode(tokenizer, text, false);
        int[] tokens = Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
        for (int token : tokens) {
            if (token >= rows) {
                String written = Torch.enter(() -> tokenizer.decode(new long[] {token}, false));
                throw new EngineException(
                        "A text has the special token %s, which this model does not know. Take it out of the text."
                                .formatted(written));
            }
        }
        return tokens;
    }

    /**
     * Token ids of a completion to learn, with the token that ends it: the one that the text ends with, if it does, or
     * else {@link #eosId()}.
     */
    public int[] encodeCompletion(String text) {
        int[] stripped = encode(text.stripTrailing());
        if (stripped.length > 0 && Arrays.stream(stopIds).anyMatch(id -> id == stripped[stripped.length - 1])) {
            return stripped;
        }
        int[] ids = encode(text);
        int[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = eosId();
        return ended;
    }

    /** Whether a word is read as it is: neither as the unknown token nor as nothing. */
    public boolean knows(String word) {
        int[] ids = encode(word);
        return word.isEmpty()
                || (ids.length > 0
                        && (unknown.isEmpty() || Arrays.stream(ids).noneMatch(id -> id == unknown.getAsInt())));
    }

    /** How messages say what unknown words become: " and read as ...", or nothing where they are left out. */
    public String unknownRead() {
        return unknown.isEmpty() ? "" : ", which reads them as one and the same token";
    }

    /** The text of token ids, special tokens left out. */
    public String decode(int[] ids) {
        return Torch.enter(
                () -> tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), true));
    }

    /** Number of ids, those of added tokens included. A model's embedding has at least as many rows. */
    public int vocabSize() {
        return vocabSize;
    }

    /** The token that ends a completion. */
    public int eosId() {
        return stopIds[0];
    }

    /** All tokens that end a completion, {@link #eosId()} first. */
    public int[] stopIds() {
        return stopIds.clone();
    }

    /** The token that fills up shorter rows of a batch; the end token if the tokenizer names none. */
    public int padId() {
        return padId;
    }

    /** Whether the tokenizer brings a chat template. */
    public boolean hasChatTemplate() {
        return chatTemplate != null;
    }

    /**
     * A user message as the text that a chat model continues with its answer.
     *
     * @param userMessage the message
     * @return the message in the tokenizer's chat template; if it has none, the message after the begin token that the
     *     tokenizer puts before every text, as those of Llama do
     */
    public String chatPrompt(String userMessage) {
        if (chatTemplate == null) {
            return beginToken + userMessage;
        }
        return chat(List.of(Map.of("role", "user", "content", userMessage)), true);
    }

    /** Text of the chat template; null if the tokenizer brings none. */
    public String chatTemplate() {
        return chatTemplateText;
    }

    /** The begin token as templates know it; empty if the tokenizer names none. */
    public String bosToken() {
        return (String) templateTokens.get("bos_token");
    }

    /** The end token as templates know it; empty if the tokenizer names none. */
    public String eosToken() {
        return (String) templateTokens.get("eos_token");
    }

    /** Content of tokenizer.json. */
    public String definition() {
        return text(TOKENIZER_FILE);
    }

    /**
     * A conversation as the text that a chat model continues with its answer.
     *
     * @param messages each with its role and its content
     * @throws EngineException if the template does not take them; without a template, if it is not one user message
     */
    public String chatPrompt(List<Map<String, String>> messages) {
        if (chatTemplate != null) {
            return chat(messages, true);
        }
        if (messages.size() != 1 || !"user".equals(messages.get(0).get("role"))) {
            throw new EngineException(
                    "The model has no chat template, so it takes one message, of the role user, and no other.");
        }
        return chatPrompt(messages.get(0).get("content"));
    }

    /**
     * A conversation in the chat template, which must be there.
     *
     * @param messages each with its role and content
     * @param open whether the beginning of the assistant's next words follows
     * @throws EngineException if the template does not take such a conversation
     */
    public String chat(List<Map<String, String>> messages, boolean open) {
        Map<String, Object> values = new HashMap<>(templateTokens);
        values.put("messages", messages);
        values.put("add_generation_prompt", open);
        return chatTemplate.render(values);
    }

    /** The tokenizer's files by name. */
    Map<String, byte[]> files() {
        return files;
    }

    /** Whether the tokenizer, left to itself, puts this token before a text. */
    private boolean beginsWith(OptionalInt id) {
        long[] ids = TokenizerOpening.encode(tokenizer, "", true);
        return ids.length > 0 && id.isPresent() && ids[0] == id.getAsInt();
    }

    private JinjaTemplate chatTemplate(Path directory, JsonObject config) {
        if (files.containsKey(TEMPLATE_FILE)) {
            chatTemplateText = text(TEMPLATE_FILE);
            return new JinjaTemplate(
                    chatTemplateText, directory.resolve(TEMPLATE_FILE).toString());
        }
        JsonElement template = config.get("chat_template");
        if (template != null && template.isJsonArray()) { // several by name; the plain one is called default
            template = template.getAsJsonArray().asList().stream()
                    .filter(named -> named instanceof JsonObject object
                            && new JsonPrimitive("default").equals(object.get("name")))
                    .findFirst()
                    .map(named -> named.getAsJsonObject().get("template"))
                    .orElse(null);
        }
        if (template == null || template.isJsonNull()) {
            return null;
        }
        chatTemplateText = textOf(template, directory.resolve(CONFIG_FILE), "chat_template");
        return new JinjaTemplate(chatTemplateText, "The chat template of " + directory.resolve(CONFIG_FILE));
    }

    /**
     * A special token is written as a text or as an object with its content, in one of two files; null if there is
     * none.
     */
    private String specialToken(JsonObject config, String key, Path directory) {
        String file = config.has(key) ? CONFIG_FILE : SPECIAL_FILE;
        JsonElement token = (config.has(key) ? config : json(directory, SPECIAL_FILE)).get(key);
        if (token == null || token.isJsonNull()) {
            return null;
        }
        JsonElement text = token.isJsonObject() ? token.getAsJsonObject().get("content") : token;
        return textOf(text, directory.resolve(file), key);
    }

    private static String textOf(JsonElement value, Path file, String key) {
        if (value == null || !value.isJsonPrimitive()) {
            throw new EngineException(
                    "%s: \"%s\" is not a text: %s. Download the file again.".formatted(file, key, value));
        }
        return value.getAsString();
    }

    private JsonObject json(Path directory, String name) {
        return files.containsKey(name) ? JsonFiles.parseObject(text(name), directory.resolve(name)) : new JsonObject();
    }

    private String text(String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
