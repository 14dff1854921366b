package org.realm4knime.headless.node;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * The plug-in that a node comes from, as KNIME writes it into a workflow.
 *
 * @param name for people
 * @param symbolicName unique
 * @param vendor who makes it
 * @param version without the build's qualifier, so that files written by two builds are the same
 */
public record Bundle(String name, String symbolicName, String vendor, String version) {

    /**
     * @param pluginXml a plug-in's plugin.xml
     * @return what the manifest beside it says; empty names and version 0.0.0 if there is none
     * @throws IOException if the manifest is there and cannot be read
     */
    static Bundle of(URL pluginXml) throws IOException {
        URL manifest = URI.create(pluginXml.toString().replaceFirst("plugin\\.xml$", "META-INF/MANIFEST.MF"))
                .toURL();
        Attributes attributes;
        try (InputStream in = manifest.openStream()) {
            attributes = new Manifest(in).getMainAttributes();
        } catch (FileNotFoundException e) {
            attributes = new Attributes();
        }
        return new Bundle(
                value(attributes, "Bundle-Name", ""),
                value(attributes, "Bundle-SymbolicName", "").replaceFirst(";.*", ""),
                value(attributes, "Bundle-Vendor", ""),
                value(attributes, "Bundle-Version", "0.0.0").replaceFirst("^(\\d+\\.\\d+\\.\\d+).*", "$1"));
    }

    private static String value(Attributes attributes, String key, String otherwise) {
        String value = attributes.getValue(key);
        return value == null ? otherwise : value.strip();
    }
}
