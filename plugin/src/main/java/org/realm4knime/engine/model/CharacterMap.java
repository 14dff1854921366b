package org.realm4knime.engine.model;

import com.google.gson.JsonElement;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;

/**
 * The table of signs and what they become that SentencePiece compiles, in base64: the size of a double-array trie in
 * bytes, its units of 32 bits, then the texts, each ended by a zero. The library walks the trie with the bytes of any
 * text and does not look where it leads, so all ways through it are walked here first.
 */
final class CharacterMap {

    private static final int BYTES = 256;

    private final IntBuffer units;
    private final byte[] texts;

    private CharacterMap(IntBuffer units, byte[] texts) {
        this.units = units;
        this.texts = texts;
    }

    /**
     * What is wrong with a table, in the middle of a sentence.
     *
     * @param value of precompiled_charsmap
     * @param content of tokenizer.json, in which the library takes the table as it is written
     * @return empty if no text leads out of it
     */
    static Optional<String> flaw(JsonElement value, String content) {
        if (value == null || !value.isJsonPrimitive()) {
            return Optional.of("is no table of signs");
        }
        String text = value.getAsString();
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.of("is not written in base64");
        }
        if (!Base64.getEncoder().encodeToString(bytes).equals(text) || !content.contains('"' + text + '"')) {
            return Optional.of("is not written in plain base64");
        }
        return flaw(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    private static Optional<String> flaw(ByteBuffer bytes) {
        long units = bytes.remaining() < Integer.BYTES ? 0 : Integer.toUnsignedLong(bytes.getInt()) / Integer.BYTES;
        if (units == 0 || units * Integer.BYTES > bytes.remaining()) {
            return Optional.of("ends before its trie");
        }
        int size = (int) units * Integer.BYTES;
        IntBuffer trie = bytes.slice(bytes.position(), size)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
        bytes.position(bytes.position() + size);
        byte[] texts = new byte[bytes.remaining()];
        bytes.get(texts);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(texts));
        } catch (CharacterCodingException e) {
            return Optional.of("has texts that are not UTF-8");
        }
        return new CharacterMap(trie, texts).holds()
                ? Optional.empty()
                : Optional.of("has a trie that leads out of it");
    }

    /** Walks every way from the root: the bytes of a text may be any but zero. */
    private boolean holds() {
        BitSet seen = new BitSet(units.limit());
        Deque<Integer> places = new ArrayDeque<>();
        int root = offset(units.get(0));
        if (root >= units.limit()) {
            return false;
        }
        seen.set(root);
        places.add(root);
        while (!places.isEmpty()) {
            int place = places.remove();
            for (int letter = 1; letter < BYTES; letter++) {
                int child = place ^ letter;
                if (child >= units.limit()) {
                    return false;
                }
                int unit = units.get(child);
                if ((unit & (1 << 31 | BYTES - 1)) == letter) {
                    int next = child ^ offset(unit);
                    if (next < 0 || next >= units.limit() || isLeaf(unit) && !beginsText(units.get(next))) {
                        return false;
                    }
                    if (!seen.get(next)) {
                        seen.set(next);
                        places.add(next);
                    }
                }
            }
        }
        return true;
    }

    private static int offset(int unit) {
        return unit >>> 10 << ((unit & 1 << 9) >>> 6);
    }

    private static boolean isLeaf(int unit) {
        return (unit >>> 8 & 1) == 1;
    }

    /** A text begins at a whole letter; the end of all texts is the empty one. */
    private boolean beginsText(int unit) {
        int at = unit & Integer.MAX_VALUE;
        return at == texts.length || at < texts.length && (texts[at] & 0xC0) != 0x80;
    }
}
