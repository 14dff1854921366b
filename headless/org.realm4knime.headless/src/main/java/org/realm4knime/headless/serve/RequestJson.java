package org.realm4knime.headless.serve;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;

/**
 * A request's JSON object, read with messages for whoever sent it. A member that is null counts as absent; members that
 * are not asked for are ignored.
 */
record RequestJson(JsonObject json) {

    static RequestJson parse(String text) {
        try {
            JsonElement json = JsonParser.parseString(text);
            if (json.isJsonObject()) {
                return new RequestJson(json.getAsJsonObject());
            }
        } catch (JsonParseException | StackOverflowError e) {
            throw HttpFault.badRequest("The request is no JSON.");
        }
        throw HttpFault.badRequest("The request is no JSON object.");
    }

    boolean has(String key) {
        return json.has(key) && !json.get(key).isJsonNull();
    }

    String text(String key) {
        if (!has(key)) {
            throw HttpFault.badRequest("'%s' is missing.", key);
        }
        return text(json.get(key), key);
    }

    static String text(JsonElement element, String key) {
        if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
            throw HttpFault.badRequest("'%s' must be a text.", key);
        }
        return element.getAsString();
    }

    boolean flag(String key) {
        if (!has(key)) {
            return false;
        }
        if (!json.get(key).isJsonPrimitive() || !json.getAsJsonPrimitive(key).isBoolean()) {
            throw HttpFault.badRequest("'%s' must be true or false.", key);
        }
        return json.get(key).getAsBoolean();
    }

    double number(String key, double otherwise) {
        return has(key) ? primitive(json.get(key), key).getAsDouble() : otherwise;
    }

    int integer(String key, int otherwise, int least, long most) {
        long value = has(key) ? whole(json.get(key), key) : otherwise;
        if (value < least || value > most) {
            throw HttpFault.badRequest("'%s' must be from %d to %d, not %d.", key, least, most, value);
        }
        return (int) value;
    }

    long whole(String key, long otherwise) {
        return has(key) ? whole(json.get(key), key) : otherwise;
    }

    private static long whole(JsonElement element, String key) {
        try {
            return primitive(element, key).getAsBigDecimal().longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw HttpFault.badRequest("'%s' must be a whole number of 64 bits.", key);
        }
    }

    private static JsonElement primitive(JsonElement element, String key) {
        if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isNumber()) {
            throw HttpFault.badRequest("'%s' must be a number.", key);
        }
        return element;
    }

    RequestJson object(String key) {
        if (!has(key) || !json.get(key).isJsonObject()) {
            throw HttpFault.badRequest("'%s' must be an object.", key);
        }
        return new RequestJson(json.getAsJsonObject(key));
    }

    JsonArray array(String key) {
        if (!has(key) || !json.get(key).isJsonArray()) {
            throw HttpFault.badRequest("'%s' must be a list.", key);
        }
        return json.getAsJsonArray(key);
    }

    /** A text, or a list of them; empty if absent. */
    List<String> texts(String key) {
        if (!has(key)) {
            return List.of();
        }
        if (!json.get(key).isJsonArray()) {
            return List.of(text(key));
        }
        List<String> texts = new ArrayList<>();
        json.getAsJsonArray(key).forEach(element -> texts.add(text(element, key)));
        return texts;
    }

    /** Token ids. */
    static int[] tokens(JsonArray array, String key) {
        int[] tokens = new int[array.size()];
        for (int i = 0; i < tokens.length; i++) {
            long token = whole(array.get(i), key);
            if (token < 0 || token > Integer.MAX_VALUE) {
                throw HttpFault.badRequest("'%s' has %d, which is no token.", key, token);
            }
            tokens[i] = (int) token;
        }
        return tokens;
    }
}
