package org.realm4knime.nodes.job;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.util.exception.ResourceAccessException;
import org.knime.core.util.pathresolve.ResolverUtil;

/**
 * A path as a user types it into a node: a URL ({@code knime://knime.workflow/...}, {@code file:/...}), an absolute
 * path, a path below the user's folder ({@code ~/...}), or a path relative to the workflow's folder.
 *
 * @param text what the user typed, without quotation marks around it
 * @param setting title of the setting, for messages
 */
public record WorkflowPath(String text, String setting) {

    /** System property with the folder that relative output paths lie in when a workflow runs without KNIME. */
    public static final String OUTPUT_PROPERTY = "realm4knime.output";

    /**
     * System property that says {@code true} if a run goes on with what an earlier one left in that folder. What lies
     * there was written by the same workflow, and may be written again.
     */
    public static final String RESUMED_PROPERTY = "realm4knime.output.resumed";

    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*|file:/.*");

    /** Takes off space and the quotation marks that Windows copies with a path, and reads ~/ as the user's folder. */
    public WorkflowPath {
        text = text == null ? "" : text.strip();
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1).strip();
        }
        if (text.startsWith("~/")) {
            text = System.getProperty("user.home") + text.substring(1);
        }
    }

    /**
     * The file or folder to read.
     *
     * @throws InvalidSettingsException if the path is empty, cannot be resolved, or nothing is there
     */
    public Path toExisting() throws InvalidSettingsException {
        Path path = toLocal();
        if (!Files.exists(path)) {
            String resolved = path.toString().equals(text) ? "" : ", that is " + path;
            throw new InvalidSettingsException(
                    "'%s' does not exist (setting '%s'%s). Check the path.".formatted(text, setting, resolved));
        }
        return path;
    }

    /**
     * The file or folder to write, which need not exist.
     *
     * @throws InvalidSettingsException if the path is empty, cannot be resolved, or lies where a workflow may not write
     *     ({@link AllowedFolders})
     */
    public Path toWritable() throws InvalidSettingsException {
        String outputFolder = System.getProperty(OUTPUT_PROPERTY);
        boolean relative = !text.isEmpty() && !isUrl();
        Path path = outputFolder != null && relative ? Path.of(outputFolder).resolve(parsed()) : toLocal();
        AllowedFolders.require(path, setting);
        return path;
    }

    /** Whether this is for what the same workflow may have written before it was interrupted. */
    public boolean isResumed() {
        return System.getProperty(OUTPUT_PROPERTY) != null
                && Boolean.getBoolean(RESUMED_PROPERTY)
                && !isUrl()
                && !Path.of(text).isAbsolute();
    }

    private Path toLocal() throws InvalidSettingsException {
        if (text.isEmpty()) {
            throw new InvalidSettingsException("The setting '" + setting + "' is empty. Enter a path.");
        }
        if (!isUrl() && parsed().isAbsolute()) {
            return parsed();
        }
        try {
            URI uri = isUrl()
                    ? new URI(text.replace(" ", "%20"))
                    : new URI("knime", "knime.workflow", "/" + text.replace('\\', '/'), null);
            return ResolverUtil.resolveURItoLocalOrTempFile(uri).toPath();
        } catch (URISyntaxException | ResourceAccessException e) {
            throw new InvalidSettingsException(
                    "The path '%s' (setting '%s') cannot be resolved: %s. Use an absolute path, a path relative to the"
                                    .formatted(text, setting, e.getMessage())
                            + " workflow's folder, or knime://knime.workflow/...",
                    e);
        }
    }

    private boolean isUrl() {
        return URL.matcher(text).matches();
    }

    private Path parsed() throws InvalidSettingsException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidSettingsException(
                    "'%s' (setting '%s') is not a path: %s.".formatted(text, setting, e.getReason()), e);
        }
    }
}
