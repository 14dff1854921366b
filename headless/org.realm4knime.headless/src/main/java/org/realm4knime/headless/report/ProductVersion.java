package org.realm4knime.headless.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this program, as the build wrote it into the jar. */
public final class ProductVersion {

    private ProductVersion() {}

    /** @return for example 1.0.0 */
    public static String get() {
        Properties properties = new Properties();
        try (InputStream in =
                ProductVersion.class.getResourceAsStream("/org/realm4knime/headless/version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The program is incomplete: version.properties cannot be read", e);
        }
        return properties.getProperty("version");
    }

    /** @return name and version, for example realm4knime 1.0.0 */
    public static String line() {
        return "realm4knime " + get();
    }
}
