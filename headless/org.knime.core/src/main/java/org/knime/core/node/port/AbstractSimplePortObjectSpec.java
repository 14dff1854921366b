package org.knime.core.node.port;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import javax.swing.JComponent;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;

/** A spec that writes itself as a settings tree; a subclass has a public constructor without arguments. */
public abstract class AbstractSimplePortObjectSpec implements PortObjectSpec {

    protected abstract void save(ModelContentWO model);

    protected abstract void load(ModelContentRO model) throws InvalidSettingsException;

    @Override
    public JComponent[] getViews() {
        return null;
    }

    /** Compares what the specs save. */
    @Override
    public boolean equals(final Object ospec) {
        return this == ospec
                || ospec != null
                        && getClass() == ospec.getClass()
                        && content().isIdentical(((AbstractSimplePortObjectSpec) ospec).content());
    }

    @Override
    public int hashCode() {
        return getClass().hashCode();
    }

    private ModelContent content() {
        final ModelContent content = new ModelContent("content");
        save(content);
        return content;
    }

    /** Writes and reads such specs; a subclass for the spec's class is registered with the port type. */
    public abstract static class AbstractSimplePortObjectSpecSerializer<T extends AbstractSimplePortObjectSpec>
            extends PortObjectSpecSerializer<T> {

        private static final String ENTRY = "content.xml";

        @Override
        public void savePortObjectSpec(final T portObject, final PortObjectSpecZipOutputStream out) throws IOException {
            final ModelContent xml = new ModelContent("model.xml");
            xml.addInt("version", 1);
            xml.addString("class_name", portObject.getClass().getName());
            portObject.save(xml.addModelContent("model"));
            out.putNextEntry(new ZipEntry(ENTRY));
            xml.saveToXML(new FilterOutputStream(out) {
                @Override
                public void write(final byte[] b, final int off, final int len) throws IOException {
                    out.write(b, off, len);
                }

                @Override
                public void close() throws IOException {
                    flush();
                }
            });
            out.closeEntry();
        }

        @Override
        @SuppressWarnings("unchecked") // the class name was written by savePortObjectSpec
        public T loadPortObjectSpec(final PortObjectSpecZipInputStream in) throws IOException {
            final ZipEntry entry = in.getNextEntry();
            if (entry == null || !ENTRY.equals(entry.getName())) {
                throw new IOException("The spec has no entry " + ENTRY);
            }
            final ModelContentRO xml = ModelContent.loadFromXML(new FilterInputStream(in) {
                @Override
                public void close() {
                    // the zip stays open
                }
            });
            try {
                final T spec = (T) PortTypeRegistry.getInstance()
                        .getSpecClass(xml.getString("class_name"))
                        .orElseThrow(() -> new IOException("Specs of class " + xml.getString("class_name", "?")
                                + " belong to no installed port type"))
                        .getDeclaredConstructor()
                        .newInstance();
                spec.load(xml.getModelContent("model"));
                return spec;
            } catch (final InvalidSettingsException | ReflectiveOperationException e) {
                throw new IOException("The spec cannot be restored: " + e.getMessage(), e);
            }
        }
    }
}
