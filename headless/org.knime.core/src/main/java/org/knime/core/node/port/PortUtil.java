package org.knime.core.node.port;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.ZipEntry;

/** Opens the zips into which specs and objects are written, and from which they are read. */
public final class PortUtil {

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
        zip.getNextEntry();
        return zip;
    }

    /** The zip of an object, ready for a serializer. */
    public static PortObjectZipInputStream getPortObjectZipInputStream(final InputStream in) throws IOException {
        final PortObjectZipInputStream zip = new PortObjectZipInputStream(in);
        zip.getNextEntry();
        return zip;
    }
}
