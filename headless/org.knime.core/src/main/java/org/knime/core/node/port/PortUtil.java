package org.knime.core.node.port;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStoreKey;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.data.filestore.FileStoreUtil;
import org.knime.core.data.filestore.internal.IWriteFileStoreHandler;
import org.knime.core.data.filestore.internal.NotInWorkflowWriteFileStoreHandler;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.Node;
import org.knime.core.util.FileUtil;

/** Writes and reads port objects as zip files: contents, spec, object, and the file stores if there are any. */
public final class PortUtil {

    private static final String CONTENT = "content.xml";
    private static final String SPEC = "objectSpec.file";
    private static final String OBJECT = "object.file";
    private static final String FILE_STORES = "filestores/";
    private static final String FIRST_SPEC_ENTRY = "portSpec.file";
    private static final String FIRST_OBJECT_ENTRY = "portObject.file";

    private PortUtil() {}

    /** The zip of a spec, ready for a serializer. */
    public static PortObjectSpecZipOutputStream getPortObjectSpecZipOutputStream(final OutputStream out)
            throws IOException {
        final PortObjectSpecZipOutputStream zip = new PortObjectSpecZipOutputStream(out);
        zip.putNextEntry(new ZipEntry(FIRST_SPEC_ENTRY));
        return zip;
    }

    /** The zip of an object, ready for a serializer. */
    public static PortObjectZipOutputStream getPortObjectZipOutputStream(final OutputStream out) throws IOException {
        final PortObjectZipOutputStream zip = new PortObjectZipOutputStream(out);
        zip.putNextEntry(new ZipEntry(FIRST_OBJECT_ENTRY));
        return zip;
    }

    /** The zip of a spec, ready for a serializer. */
    public static PortObjectSpecZipInputStream getPortObjectSpecZipInputStream(final InputStream in)
            throws IOException {
        final PortObjectSpecZipInputStream zip = new PortObjectSpecZipInputStream(in);
        expectEntry(zip, FIRST_SPEC_ENTRY);
        return zip;
    }

    /** The zip of an object, ready for a serializer. */
    public static PortObjectZipInputStream getPortObjectZipInputStream(final InputStream in) throws IOException {
        final PortObjectZipInputStream zip = new PortObjectZipInputStream(in);
        expectEntry(zip, FIRST_OBJECT_ENTRY);
        return zip;
    }

    private static void expectEntry(final ZipInputStream zip, final String name) throws IOException {
        final ZipEntry entry = zip.getNextEntry();
        if (entry == null || !name.equals(entry.getName())) {
            throw new IOException("Expected the zip entry \"" + name + "\", but found "
                    + (entry == null ? "none" : "\"" + entry.getName() + "\""));
        }
    }

    public static void writeObjectToFile(final PortObject po, final File file, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        try (OutputStream out = new BufferedOutputStream(new FileOutputStream(file))) {
            writeObjectToStream(po, out, exec);
        }
    }

    /** Writes the object with its spec and its file stores; the stream stays open. */
    public static void writeObjectToStream(final PortObject po, final OutputStream output, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        final PortObjectSpec spec = po.getSpec();
        final PortTypeRegistry registry = PortTypeRegistry.getInstance();
        final ZipOutputStream zip = new ZipOutputStream(output);
        final ModelContent content = new ModelContent("content");
        content.addInt("version", 1);
        content.addString("port_spec_class", spec.getClass().getName());
        content.addString("port_object_class", po.getClass().getName());
        final Map<FileStoreKey, File> stores =
                po instanceof FileStorePortObject fileStorePo ? addFileStoreKeys(fileStorePo, content) : Map.of();
        zip.putNextEntry(new ZipEntry(CONTENT));
        content.saveToXML(new EntryOutputStream(zip));
        zip.putNextEntry(new ZipEntry(SPEC));
        try (PortObjectSpecZipOutputStream out = getPortObjectSpecZipOutputStream(new EntryOutputStream(zip))) {
            registry.getSpecSerializer(spec.getClass())
                    .orElseThrow(() -> unknown(spec))
                    .savePortObjectSpec(spec, out);
        }
        zip.putNextEntry(new ZipEntry(OBJECT));
        try (PortObjectZipOutputStream out = getPortObjectZipOutputStream(new EntryOutputStream(zip))) {
            registry.getObjectSerializer(po.getClass())
                    .orElseThrow(() -> unknown(po))
                    .savePortObject(po, out, exec);
        }
        if (!stores.isEmpty()) {
            zip.setLevel(Deflater.NO_COMPRESSION); // weights of models do not get smaller
            zip.putNextEntry(new ZipEntry(FILE_STORES));
            zip.closeEntry();
            for (final Map.Entry<FileStoreKey, File> store : stores.entrySet()) {
                addFiles(
                        store.getValue().toPath(),
                        FILE_STORES + "000/000/" + store.getKey().getNameOnDisc(),
                        zip,
                        exec);
            }
        }
        zip.finish();
    }

    private static IOException unknown(final Object object) {
        return new IOException(
                "No port type is registered for " + object.getClass().getName());
    }

    /** Adds the keys that the file stores have in the file, and returns them with what the file stores hold. */
    private static Map<FileStoreKey, File> addFileStoreKeys(final FileStorePortObject po, final ModelContent content)
            throws IOException {
        FileStoreUtil.invokeFlush(po);
        final Map<FileStoreKey, File> stores = new LinkedHashMap<>();
        final UUID handler = UUID.randomUUID();
        final ModelContentWO model = content.addModelContent("filestores");
        model.addString("handlerUUID", handler.toString());
        final ModelContentWO keys = model.addModelContent("port_file_store_keys");
        int index = 0;
        for (final FileStore store : FileStoreUtil.getFileStores(po)) {
            final String name = FileStoreUtil.getFileStoreKey(store).getName();
            final FileStoreKey key = new FileStoreKey(handler, index, null, -1, index == 0 ? name : index + "_" + name);
            key.save(keys.addModelContent("filestore_key_" + index++));
            stores.put(key, store.getFile());
        }
        return stores;
    }

    private static void addFiles(
            final Path source, final String name, final ZipOutputStream zip, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        if (!Files.exists(source)) {
            return; // a file store into which nothing was written
        }
        try (Stream<Path> paths = Files.walk(source)) {
            for (final Path path : (Iterable<Path>) paths.sorted()::iterator) {
                exec.checkCanceled();
                if (Files.isRegularFile(path)) {
                    final String relative = source.relativize(path).toString().replace('\\', '/');
                    zip.putNextEntry(new ZipEntry(relative.isEmpty() ? name : name + "/" + relative));
                    Files.copy(path, zip);
                    zip.closeEntry();
                }
            }
        }
    }

    public static PortObject readObjectFromFile(final File file, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        try (InputStream in = new FileInputStream(file)) {
            return readObjectFromStream(in, exec);
        }
    }

    /** Reads an object and closes the stream; its file stores are put into a temporary folder. */
    public static PortObject readObjectFromStream(final InputStream input, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        return readObject(input, exec, Optional.empty());
    }

    public static PortObject readObjectFromFileViaContext(final File file, final ExecutionContext context)
            throws IOException, CanceledExecutionException {
        try (InputStream in = new FileInputStream(file)) {
            return readObjectFromStreamViaContext(in, context);
        }
    }

    /** Reads an object and closes the stream; its file stores become those of the context's node. */
    public static PortObject readObjectFromStreamViaContext(final InputStream input, final ExecutionContext context)
            throws IOException, CanceledExecutionException {
        return readObject(input, context, Optional.of(Node.invokeGetFileStoreHandler(context)));
    }

    private static PortObject readObject(
            final InputStream input, final ExecutionMonitor exec, final Optional<IWriteFileStoreHandler> destination)
            throws IOException, CanceledExecutionException {
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(input))) {
            expectEntry(zip, CONTENT);
            final ModelContentRO content = ModelContent.loadFromXML(new EntryInputStream(zip));
            final PortObjectSpec spec = readSpec(content, zip);
            expectEntry(zip, OBJECT);
            final String className = content.getString("port_object_class");
            final PortObject object;
            try (PortObjectZipInputStream in = getPortObjectZipInputStream(new EntryInputStream(zip))) {
                final PortTypeRegistry registry = PortTypeRegistry.getInstance();
                object = registry.getObjectClass(className)
                        .flatMap(registry::getObjectSerializer)
                        .orElseThrow(() -> new IOException("No port type is registered for " + className))
                        .loadPortObject(in, spec, exec);
            }
            if (object instanceof FileStorePortObject po) {
                attachFileStores(po, content, zip, exec, destination);
            }
            return object;
        } catch (final InvalidSettingsException e) {
            throw new IOException("The port object file is broken: " + e.getMessage(), e);
        }
    }

    /** Reads the spec of a written object and closes the stream. */
    public static PortObjectSpec readObjectSpecFromStream(final InputStream stream) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(stream))) {
            expectEntry(zip, CONTENT);
            return readSpec(ModelContent.loadFromXML(new EntryInputStream(zip)), zip);
        } catch (final InvalidSettingsException e) {
            throw new IOException("The port object file is broken: " + e.getMessage(), e);
        }
    }

    private static PortObjectSpec readSpec(final ModelContentRO content, final ZipInputStream zip)
            throws IOException, InvalidSettingsException {
        expectEntry(zip, SPEC);
        final String className = content.getString("port_spec_class");
        try (PortObjectSpecZipInputStream in = getPortObjectSpecZipInputStream(new EntryInputStream(zip))) {
            final PortTypeRegistry registry = PortTypeRegistry.getInstance();
            return registry.getSpecClass(className)
                    .flatMap(registry::getSpecSerializer)
                    .orElseThrow(() -> new IOException("No port type is registered for specs of " + className))
                    .loadPortObjectSpec(in);
        }
    }

    private static void attachFileStores(
            final FileStorePortObject object,
            final ModelContentRO content,
            final ZipInputStream zip,
            final ExecutionMonitor exec,
            final Optional<IWriteFileStoreHandler> destination)
            throws IOException, InvalidSettingsException, CanceledExecutionException {
        final ModelContentRO model = content.getModelContent("filestores");
        final ModelContentRO saved = model.getModelContent("port_file_store_keys");
        final List<FileStoreKey> keys = new ArrayList<>();
        for (final String key : saved.keySet()) {
            keys.add(FileStoreKey.load(saved.getModelContent(key)));
        }
        final NotInWorkflowWriteFileStoreHandler handler =
                new NotInWorkflowWriteFileStoreHandler(UUID.fromString(model.getString("handlerUUID")));
        final Path folder = FileUtil.createTempDir(
                        "knime_fs_" + object.getClass().getSimpleName() + "-")
                .toPath();
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            exec.checkCanceled();
            final Path target = folder.resolve(entry.getName().replaceFirst("^" + FILE_STORES, ""))
                    .normalize();
            if (!target.startsWith(folder)) {
                throw new IOException("The port object file has an entry outside of its folder: " + entry.getName());
            }
            if (!entry.isDirectory()) {
                Files.createDirectories(target.getParent());
                Files.copy(zip, target);
            }
        }
        handler.setBaseDir(folder.toFile());
        if (destination.isEmpty()) {
            FileStoreUtil.retrieveFileStoreHandlerFrom(object, keys, handler.getDataRepository());
            return;
        }
        keys.replaceAll(key -> destination.get().translateToLocal(handler.getFileStore(key), object));
        handler.clearAndDispose();
        FileStoreUtil.retrieveFileStoreHandlerFrom(
                object, keys, destination.get().getDataRepository());
    }

    /** One entry of a zip as a stream: closing it closes the entry. */
    private static final class EntryOutputStream extends FilterOutputStream {

        EntryOutputStream(final ZipOutputStream zip) {
            super(zip);
        }

        @Override
        public void write(final byte[] b, final int off, final int len) throws IOException {
            out.write(b, off, len);
        }

        @Override
        public void close() throws IOException {
            ((ZipOutputStream) out).closeEntry();
        }
    }

    /** One entry of a zip as a stream: closing it skips the rest of the entry. */
    private static final class EntryInputStream extends FilterInputStream {

        EntryInputStream(final ZipInputStream zip) {
            super(zip);
        }

        @Override
        public void close() throws IOException {
            ((ZipInputStream) in).closeEntry();
        }
    }
}
