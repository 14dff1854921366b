package org.realm4knime.standin.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The JSON text with which KNIME answers a page that asks for its initial data. */
final class ViewData {

    private static final Logger LOGGER = Logger.getLogger(ViewData.class.getName());
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ViewData() {}

    /**
     * @param data makes JSON as text, or an object that Jackson can write
     * @return an object with the key {@code result}; if the data cannot be made, with the key {@code internalError}
     *     (message, typeName and stackTrace)
     */
    static String json(Supplier<?> data) {
        ObjectNode root = MAPPER.createObjectNode();
        try {
            Object made = data.get();
            root.set("result", parse(made instanceof String text ? text : MAPPER.writeValueAsString(made)));
        } catch (JsonProcessingException | RuntimeException | LinkageError e) {
            LOGGER.log(Level.SEVERE, "The data of a view cannot be made", e);
            ObjectNode error = root.putObject("internalError");
            error.put("message", e.getMessage()).put("typeName", e.getClass().getName());
            Arrays.stream(e.getStackTrace()).map(Object::toString).forEach(error.putArray("stackTrace")::add);
        }
        return root.toString();
    }

    private static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) { // a text that is not JSON is a text
            return MAPPER.getNodeFactory().textNode(text);
        }
    }
}
