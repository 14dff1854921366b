package org.knime.core.data;

/** A missing value, fit for a column of any type. */
final class MissingCell extends DataCell {

    static final MissingCell INSTANCE = new MissingCell();

    private MissingCell() {}

    @Override
    public boolean isMissing() {
        return true;
    }

    @Override
    public String toString() {
        return "?";
    }

    @Override
    protected boolean equalsDataCell(final DataCell dc) {
        return true;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
