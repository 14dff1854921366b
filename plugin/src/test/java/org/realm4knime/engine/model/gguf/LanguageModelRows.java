package org.realm4knime.engine.model.gguf;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Weights of a model.safetensors as they lie there, read without the engine. */
final class LanguageModelRows {

    private final ByteBuffer bytes;
    private final JsonObject header;
    private final int start;

    LanguageModelRows(Path directory) throws IOException {
        bytes = ByteBuffer.wrap(Files.readAllBytes(directory.resolve("model.safetensors")))
                .order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong(0);
        header = JsonParser.parseString(new String(bytes.array(), Long.BYTES, length, StandardCharsets.UTF_8))
                .getAsJsonObject();
        start = Long.BYTES + length;
    }

    float[] of(String name) {
        JsonObject entry = header.getAsJsonObject(name);
        JsonArray range = entry.getAsJsonArray("data_offsets");
        boolean half = entry.get("dtype").getAsString().equals("F16");
        int width = half ? 2 : 4;
        int from = start + range.get(0).getAsInt();
        float[] values = new float[(start + range.get(1).getAsInt() - from) / width];
        for (int i = 0; i < values.length; i++) {
            values[i] = half ? half(bytes.getShort(from + 2 * i)) : bytes.getFloat(from + 4 * i);
        }
        return values;
    }

    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        double magnitude = exponent == 0
                ? (bits & 0x3ff) * Math.pow(2, -24)
                : (1 + (bits & 0x3ff) / 1024.0) * Math.pow(2, exponent - 15);
        return (float) (bits < 0 ? -magnitude : magnitude);
    }

    /** Rows in the order of llama.cpp's converter: reshape(heads, 2, half, columns), axes 1 and 2 swapped. */
    float[] interleaved(String name, int heads) {
        float[] values = of(name);
        int rows = header.getAsJsonObject(name).getAsJsonArray("shape").get(0).getAsInt();
        int columns = values.length / rows;
        int half = rows / heads / 2;
        float[] ordered = new float[values.length];
        for (int head = 0; head < heads; head++) {
            for (int part = 0; part < 2; part++) {
                for (int i = 0; i < half; i++) {
                    int from = (head * 2 + part) * half + i;
                    int to = head * 2 * half + 2 * i + part;
                    System.arraycopy(values, from * columns, ordered, to * columns, columns);
                }
            }
        }
        return ordered;
    }
}
