package org.realm4knime.standin;

import java.io.IOException;
import java.util.List;
import java.util.zip.ZipEntry;
import javax.swing.JComponent;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;

/** A port object with two file stores, and a number in its own zip. */
public final class NotebookObject extends FileStorePortObject {

    private final NotebookSpec spec;
    private final int pages;

    private NotebookObject(NotebookSpec spec, int pages) {
        this.spec = spec;
        this.pages = pages;
    }

    NotebookObject(NotebookSpec spec, int pages, FileStore first, FileStore second) {
        super(List.of(first, second));
        this.spec = spec;
        this.pages = pages;
    }

    FileStore first() {
        return getFileStore(0);
    }

    FileStore second() {
        return getFileStore(1);
    }

    @Override
    public String getSummary() {
        return pages + " pages";
    }

    @Override
    public PortObjectSpec getSpec() {
        return spec;
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    /** Registered in the tests' plugin.xml. */
    public static final class Serializer extends PortObjectSerializer<NotebookObject> {

        @Override
        public void savePortObject(NotebookObject object, PortObjectZipOutputStream out, ExecutionMonitor exec)
                throws IOException {
            out.putNextEntry(new ZipEntry("pages"));
            out.write(object.pages);
            out.closeEntry();
        }

        @Override
        public NotebookObject loadPortObject(PortObjectZipInputStream in, PortObjectSpec spec, ExecutionMonitor exec)
                throws IOException {
            in.getNextEntry();
            return new NotebookObject((NotebookSpec) spec, in.read());
        }
    }
}
