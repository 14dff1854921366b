package org.realm4knime.engine.template;

import java.util.AbstractList;
import java.util.List;

/** A list that Python writes in round brackets. */
final class Tuple extends AbstractList<Object> {

    private final List<Object> values;

    Tuple(List<Object> values) {
        this.values = values;
    }

    @Override
    public Object get(int index) {
        return values.get(index);
    }

    @Override
    public int size() {
        return values.size();
    }
}
