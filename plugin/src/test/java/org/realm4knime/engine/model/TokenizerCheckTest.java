package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.EngineException;

/** Each of the refused files ended the process, when it was opened in one of its own. */
class TokenizerCheckTest {

    private static final String WHOLE =
            """
            {"added_tokens": [{"id": 0, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": false,
               "normalized": false, "special": true}],
             "normalizer": {"type": "Sequence", "normalizers": [{"type": "Lowercase"}]},
             "pre_tokenizer": {"type": "Whitespace"},
             "post_processor": {"type": "TemplateProcessing",
               "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
               "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
               "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}}},
             "decoder": null,
             "model": {"type": "BPE", "unk_token": "<s>", "continuing_subword_prefix": null,
               "vocab": {"<s>": 0, "a": 1, "b": 2, "ab": 3}, "merges": [["a", "b"]]}}""";

    @TempDir
    private Path folder;

    private record Damage(String field, Consumer<JsonObject> done) {

        @Override
        public String toString() {
            return field;
        }
    }

    private TextTokenizer read(JsonObject tokenizer) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer.toString());
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\": \"<s>\"}");
        return TextTokenizer.read(folder);
    }

    private static JsonObject whole() {
        return JsonParser.parseString(WHOLE).getAsJsonObject();
    }

    private static JsonObject object(JsonObject from, String name) {
        return from.getAsJsonObject(name);
    }

    private static Damage template(String field, String pieces) {
        return new Damage("post_processor." + field, json -> object(json, "post_processor")
                .add(field, JsonParser.parseString(pieces)));
    }

    static Stream<Damage> damages() {
        return Stream.of(
                new Damage("model.merges[0]", json -> object(json, "model")
                        .addProperty("continuing_subword_prefix", "##")),
                new Damage("model.unk_token", json -> {
                    object(json, "model").addProperty("type", "WordLevel");
                    object(json, "model").addProperty("unk_token", "<none>");
                }),
                new Damage("post_processor.single", json -> object(json, "post_processor")
                        .add("special_tokens", new JsonObject())),
                template("single", "[{\"SpecialToken\": {\"id\": \"<e>\", \"type_id\": 0}}]"),
                template("single", "[{\"Sequence\": {\"id\": \"B\", \"type_id\": 0}}]"),
                template("pair", "[{\"SpecialToken\": {\"id\": \"<e>\", \"type_id\": 0}}]"),
                new Damage("post_processor.processors[0].single", json -> {
                    JsonObject template = object(json, "post_processor");
                    template.add("special_tokens", new JsonObject());
                    JsonArray all = new JsonArray();
                    all.add(template);
                    JsonObject sequence = new JsonObject();
                    sequence.addProperty("type", "Sequence");
                    sequence.add("processors", all);
                    json.add("post_processor", sequence);
                }),
                new Damage(
                        "pre_tokenizer.length",
                        json -> json.add(
                                "pre_tokenizer", JsonParser.parseString("{\"type\": \"FixedLength\", \"length\": 0}"))),
                new Damage(
                        "decoder.stop",
                        json -> json.add(
                                "decoder",
                                JsonParser.parseString(
                                        "{\"type\": \"Strip\", \"content\": \"a\", \"start\": 0, \"stop\": 2}"))),
                new Damage("added_tokens[1]", json -> added(json, "x".repeat(1001))),
                new Damage("added_tokens[1]", json -> {
                    added(json, "\u0001");
                    json.add("normalizer", JsonParser.parseString("{\"type\": \"Nmt\"}"));
                }),
                new Damage("added_tokens[1]", json -> {
                    added(json, "abc");
                    json.add(
                            "normalizer",
                            JsonParser.parseString(
                                    "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \".\"}, \"content\": \"\"}"));
                }));
    }

    private static void added(JsonObject json, String text) {
        JsonObject token = json.getAsJsonArray("added_tokens").get(0).deepCopy().getAsJsonObject();
        token.addProperty("id", 4);
        token.addProperty("content", text);
        token.addProperty("normalized", true);
        json.getAsJsonArray("added_tokens").add(token);
    }

    @Test
    void theWholeOneIsUsed() throws IOException {
        assertThat(read(whole()).encode("AB a")).containsExactly(3, 1);
        JsonObject normalized = whole();
        added(normalized, "Ab");
        assertThat(read(normalized).encode("AB")).containsExactly(4);
        JsonObject spaces = whole(); // as those of GPT-NeoX, whose normalizer keeps them
        added(spaces, "  ");
        assertThat(read(spaces).encode("a  a")).containsExactly(1, 4, 1);
    }

    @ParameterizedTest
    @MethodSource("damages")
    void isRefusedWithTheFieldThatIsDamaged(Damage damage) {
        JsonObject json = whole();
        damage.done().accept(json);
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("tokenizer.json is not a tokenizer that can be used: \"" + damage.field() + "\"")
                .hasMessageContaining("Download it again");
    }

    /**
     * A table that makes b of a: the root leads to 256, from there the letter a (97) to 1, which says that the text
     * begins at 0.
     */
    private static ByteBuffer table() {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * 513 + 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(Integer.BYTES * 512);
        unit(bytes, 0, 256 << 10);
        unit(bytes, 256 ^ 'a', (256 ^ 'a' ^ 1) << 10 | 1 << 8 | 'a');
        unit(bytes, 1, 1 << 31);
        return bytes.put(Integer.BYTES * 513, "b\0".getBytes(StandardCharsets.UTF_8));
    }

    private static void unit(ByteBuffer bytes, int index, int unit) {
        bytes.putInt(Integer.BYTES * (index + 1), unit);
    }

    private static JsonObject withTable(String base64) {
        JsonObject json = whole();
        JsonObject normalizer = new JsonObject();
        normalizer.addProperty("type", "Precompiled");
        normalizer.addProperty("precompiled_charsmap", base64);
        object(json, "normalizer").getAsJsonArray("normalizers").add(normalizer);
        return json;
    }

    @Test
    void aTableOfSignsIsWalkedAsTheLibraryWalksIt() throws IOException {
        String base64 = Base64.getEncoder().encodeToString(table().array());
        assertThat(read(withTable(base64)).encode("a b")).containsExactly(2, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, ends before its trie",
        "0, 1000000, ends before its trie",
        "0, 4, not UTF-8",
        "4, 1073741824, leads out of it", // the root leads behind all units
        "8, -2147483645, leads out of it", // the text of a begins behind all texts
        "1416, 2147482721, leads out of it", // a leads behind all units
        "2052, 255, not UTF-8"
    })
    void aDamagedTableOfSignsIsRefused(int place, int value, String flaw) {
        ByteBuffer bytes = table();
        if (place + Integer.BYTES <= bytes.capacity()) {
            bytes.putInt(place, value);
        } else {
            bytes.put(place, (byte) value);
        }
        assertThatThrownBy(() -> read(withTable(Base64.getEncoder().encodeToString(bytes.array()))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("normalizers[1].precompiled_charsmap")
                .hasMessageContaining(flaw);
    }

    @ParameterizedTest
    @CsvSource({"'', ends before its trie", "!!!!, not written in base64", "AAA, not written in plain base64"})
    void whatIsNoTableIsRefused(String text, String flaw) {
        assertThatThrownBy(() -> read(withTable(text)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(flaw);
        assertThatThrownBy(() -> read(withTable(null)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("is no table of signs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a control character | {~type~: ~Fuse~, ~x~: ~a\u0001b~}",
                "half a character | {~type~: ~Fuse~, ~x~: ~\\ud800~}",
                "a number out of range | {~type~: ~Fuse~, ~x~: 1e999}",
                "an escape that there is not | {~type~: ~Fuse~, ~x~: ~\\x~}",
                "a leading zero | {~type~: ~Fuse~, ~x~: 01}",
            })
    void aDecoderThatIsNoStrictJson(String what, String decoder) throws IOException {
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\": \"<s>\"}");
        String damaged = WHOLE.replace("\"decoder\": null", "\"decoder\": " + decoder.replace('~', '"'));
        assertThat(damaged).as(what).isNotEqualTo(WHOLE);
        Files.writeString(folder.resolve("tokenizer.json"), damaged);

        assertThatThrownBy(() -> TextTokenizer.read(folder))
                .as(what)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("tokenizer.json is not a tokenizer that can be used");
    }
}
