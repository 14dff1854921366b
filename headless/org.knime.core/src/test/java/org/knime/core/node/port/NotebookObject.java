package org.knime.core.node.port;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.ZipEntry;
import javax.swing.JComponent;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.node.ExecutionMonitor;

/** A port object with a page in a file store folder, and a number in its own zip. */
public final class NotebookObject extends FileStorePortObject {

    /** Registered in the tests' plugin.xml. */
    public static final class Serializer extends PortObjectSerializer<NotebookObject> {

        @Override
        public void savePortObject(
                final NotebookObject object, final PortObjectZipOutputStream out, final ExecutionMonitor exec)
                throws IOException {
            out.putNextEntry(new ZipEntry("pages"));
            out.write(object.m_pages);
            out.closeEntry();
        }

        @Override
        public NotebookObject loadPortObject(
                final PortObjectZipInputStream in, final PortObjectSpec spec, final ExecutionMonitor exec)
                throws IOException {
            in.getNextEntry();
            return new NotebookObject((NotebookSpec) spec, in.read());
        }
    }

    private final NotebookSpec m_spec;
    private final int m_pages;
    private String m_unwritten;

    private NotebookObject(final NotebookSpec spec, final int pages) {
        m_spec = spec;
        m_pages = pages;
    }

    NotebookObject(final NotebookSpec spec, final int pages, final String text, final FileStore... stores) {
        super(List.of(stores));
        m_spec = spec;
        m_pages = pages;
        m_unwritten = text;
    }

    @Override
    protected void flushToFileStore() throws IOException {
        Files.createDirectories(getFileStore(0).getFile().toPath());
        Files.writeString(getFileStore(0).getFile().toPath().resolve("page.txt"), m_unwritten);
    }

    FileStore first() {
        return getFileStore(0);
    }

    FileStore second() {
        return getFileStore(1);
    }

    String text() throws IOException {
        return Files.readString(getFileStore(0).getFile().toPath().resolve("page.txt"));
    }

    int pages() {
        return m_pages;
    }

    @Override
    public String getSummary() {
        return m_pages + " pages";
    }

    @Override
    public PortObjectSpec getSpec() {
        return m_spec;
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }
}
