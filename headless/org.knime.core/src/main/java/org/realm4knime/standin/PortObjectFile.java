package org.realm4knime.standin;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObject.PortObjectSerializer;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectSpec.PortObjectSpecSerializer;
import org.knime.core.node.port.PortObjectSpecZipInputStream;
import org.knime.core.node.port.PortObjectSpecZipOutputStream;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;
import org.knime.core.node.port.PortTypeRegistry;
import org.knime.core.node.port.PortUtil;

/** A port object as the zip file that KNIME writes: contents, spec, object, and the file stores if there are any. */
public final class PortObjectFile {

    private static final String CONTENT = "content.xml";
    private static final String SPEC = "objectSpec.file";
    private static final String OBJECT = "object.file";
    private static final String STORES = "filestores/";
    private static final String SPEC_CLASS = "port_spec_class";
    private static final String OBJECT_CLASS = "port_object_class";
    private static final String STORE_CONTENT = "filestores";
    private static final String STORE_KEYS = "port_file_store_keys";
    private static final String STORE_NAME = "name";
    private static final int NO_LOOP = -1;

    private PortObjectFile() {}

    /**
     * @param object of a registered port type
     * @param file to write
     * @throws IOException if it cannot be written
     */
    public static void write(PortObject object, Path file) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            PortObjectSpec spec = object.getSpec();
            List<FileStore> stores = object instanceof StoredObject stored ? stored.fileStores() : List.of();
            zip.putNextEntry(new ZipEntry(CONTENT));
            content(object, stores).saveToXML(new EntryOutputStream(zip));
            zip.putNextEntry(new ZipEntry(SPEC));
            try (PortObjectSpecZipOutputStream out =
                    PortUtil.getPortObjectSpecZipOutputStream(new EntryOutputStream(zip))) {
                specSerializer(spec.getClass()).savePortObjectSpec(spec, out);
            }
            zip.putNextEntry(new ZipEntry(OBJECT));
            try (PortObjectZipOutputStream out = PortUtil.getPortObjectZipOutputStream(new EntryOutputStream(zip))) {
                objectSerializer(object.getClass()).savePortObject(object, out, new ExecutionMonitor(new Progress()));
            }
            if (!stores.isEmpty()) {
                zip.setLevel(Deflater.NO_COMPRESSION); // weights of models do not get smaller
                zip.putNextEntry(new ZipEntry(STORES));
                zip.closeEntry();
                for (int i = 0; i < stores.size(); i++) {
                    addFiles(stores.get(i).getFile().toPath(), folder(stores, i), zip);
                }
            }
        } catch (CanceledExecutionException e) {
            throw new IllegalStateException("nobody cancels this", e);
        }
    }

    private static ModelContent content(PortObject object, List<FileStore> stores) {
        ModelContent content = new ModelContent("content");
        content.addInt("version", 1);
        content.addString(SPEC_CLASS, object.getSpec().getClass().getName());
        content.addString(OBJECT_CLASS, object.getClass().getName());
        if (object instanceof StoredObject) {
            String handler = UUID.randomUUID().toString();
            ModelContentWO model = content.addModelContent(STORE_CONTENT);
            model.addString("handlerUUID", handler);
            ModelContentWO keys = model.addModelContent(STORE_KEYS);
            for (int i = 0; i < stores.size(); i++) {
                ModelContentWO key = keys.addModelContent("filestore_key_" + i);
                key.addString("storeUUID", handler);
                key.addInt("index", i);
                key.addString(STORE_NAME, name(stores, i));
                key.addInt("iterationIndex", NO_LOOP);
            }
        }
        return content;
    }

    /** The name that a file store has in the file: its own; of those after the first with its number, to be unique. */
    private static String name(List<FileStore> stores, int index) {
        String name = stores.get(index).getFile().getName();
        return index == 0 ? name : index + "_" + name;
    }

    private static String folder(List<FileStore> stores, int index) {
        return STORES + FileStores.SUBFOLDER + "/" + name(stores, index);
    }

    private static void addFiles(Path source, String name, ZipOutputStream zip) throws IOException {
        if (!Files.exists(source)) {
            return; // a file store into which nothing was written
        }
        try (Stream<Path> paths = Files.walk(source)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile).sorted()::iterator) {
                String relative = source.relativize(path).toString().replace('\\', '/');
                zip.putNextEntry(new ZipEntry(relative.isEmpty() ? name : name + "/" + relative));
                Files.copy(path, zip);
                zip.closeEntry();
            }
        }
    }

    /**
     * @param file that KNIME or {@link #write} has written
     * @param stores get copies of the object's file stores
     * @return the object
     * @throws IOException if it cannot be read
     */
    public static PortObject read(Path file, FileStores stores) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            expectEntry(zip, CONTENT);
            ModelContentRO content = ModelContent.loadFromXML(new EntryInputStream(zip));
            PortObjectSpec spec = readSpec(content.getString(SPEC_CLASS), zip);
            PortObject object = readObject(content.getString(OBJECT_CLASS), spec, zip);
            if (object instanceof StoredObject stored) {
                stored.attach(readStores(content, zip, stores));
            }
            return object;
        } catch (InvalidSettingsException e) {
            throw new IOException("The port object file is broken: " + e.getMessage(), e);
        } catch (CanceledExecutionException e) {
            throw new IllegalStateException("nobody cancels this", e);
        }
    }

    private static PortObjectSpec readSpec(String className, ZipInputStream zip) throws IOException {
        expectEntry(zip, SPEC);
        Class<? extends PortObjectSpec> type =
                PortTypeRegistry.getInstance().getSpecClass(className).orElseThrow(() -> unknown(className));
        try (PortObjectSpecZipInputStream in = PortUtil.getPortObjectSpecZipInputStream(new EntryInputStream(zip))) {
            return specSerializer(type).loadPortObjectSpec(in);
        }
    }

    private static PortObject readObject(String className, PortObjectSpec spec, ZipInputStream zip)
            throws IOException, CanceledExecutionException {
        expectEntry(zip, OBJECT);
        Class<? extends PortObject> type =
                PortTypeRegistry.getInstance().getObjectClass(className).orElseThrow(() -> unknown(className));
        try (PortObjectZipInputStream in = PortUtil.getPortObjectZipInputStream(new EntryInputStream(zip))) {
            return objectSerializer(type).loadPortObject(in, spec, new ExecutionMonitor(new Progress()));
        }
    }

    private static List<FileStore> readStores(ModelContentRO content, ZipInputStream zip, FileStores stores)
            throws IOException, InvalidSettingsException {
        ModelContentRO keys = content.getModelContent(STORE_CONTENT).getModelContent(STORE_KEYS);
        List<FileStore> result = new ArrayList<>();
        for (String key : keys.keySet()) {
            result.add(new FileStore(stores.create(keys.getModelContent(key).getString(STORE_NAME))));
        }
        Path folder = stores.path("").normalize();
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.isDirectory()) {
                continue;
            }
            String name = entry.getName().replaceFirst("^" + STORES + FileStores.SUBFOLDER + "/", "");
            Path target = stores.path(name).normalize();
            if (!target.startsWith(folder)) {
                throw new IOException("The port object file has an entry outside of its folder: " + entry.getName());
            }
            Files.createDirectories(target.getParent());
            Files.copy(zip, target);
        }
        return result;
    }

    private static void expectEntry(ZipInputStream zip, String name) throws IOException {
        ZipEntry entry = zip.getNextEntry();
        if (entry == null || !name.equals(entry.getName())) {
            throw new IOException("Expected the zip entry \"" + name + "\", but found "
                    + (entry == null ? "none" : "\"" + entry.getName() + "\""));
        }
    }

    private static PortObjectSpecSerializer<PortObjectSpec> specSerializer(Class<? extends PortObjectSpec> type)
            throws IOException {
        return PortTypeRegistry.getInstance().getSpecSerializer(type).orElseThrow(() -> unknown(type.getName()));
    }

    private static PortObjectSerializer<PortObject> objectSerializer(Class<? extends PortObject> type)
            throws IOException {
        return PortTypeRegistry.getInstance().getObjectSerializer(type).orElseThrow(() -> unknown(type.getName()));
    }

    private static IOException unknown(String className) {
        return new IOException("No port type is registered for " + className);
    }

    /** One entry of a zip as a stream: closing it closes the entry. */
    private static final class EntryOutputStream extends FilterOutputStream {

        EntryOutputStream(ZipOutputStream zip) {
            super(zip);
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            out.write(b, off, len);
        }

        @Override
        public void close() throws IOException {
            ((ZipOutputStream) out).closeEntry();
        }
    }

    /** One entry of a zip as a stream: closing it skips the rest of the entry. */
    private static final class EntryInputStream extends FilterInputStream {

        EntryInputStream(ZipInputStream zip) {
            super(zip);
        }

        @Override
        public void close() throws IOException {
            ((ZipInputStream) in).closeEntry();
        }
    }
}
