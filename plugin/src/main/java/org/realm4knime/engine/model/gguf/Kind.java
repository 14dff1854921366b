package org.realm4knime.engine.model.gguf;

import java.util.List;

/** Types of metadata in GGUF files that are written here. */
enum Kind {
    UINT32(4),
    INT32(5),
    FLOAT32(6),
    BOOL(7),
    STRING(8),
    ARRAY(9);

    private final int id;

    Kind(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }

    /** The type of a value by itself. */
    static Kind of(Object value) {
        if (value instanceof List<?>) {
            return ARRAY;
        }
        return value instanceof Integer ? UINT32 : ofPlain(value);
    }

    /** The type of a list's elements; token types and ids within lists are signed, as llama.cpp wants them. */
    static Kind ofElement(List<?> values) {
        if (values.isEmpty()) {
            return STRING;
        }
        return values.get(0) instanceof Integer ? INT32 : ofPlain(values.get(0));
    }

    private static Kind ofPlain(Object value) {
        if (value instanceof Float) {
            return FLOAT32;
        }
        return value instanceof Boolean ? BOOL : STRING;
    }

    static Kind ofId(int id) {
        for (Kind kind : values()) {
            if (kind.id == id) {
                return kind;
            }
        }
        throw new IllegalArgumentException("metadata of the type " + id + " is not known here");
    }
}
