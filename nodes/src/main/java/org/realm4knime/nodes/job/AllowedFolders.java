package org.realm4knime.nodes.job;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.util.exception.ResourceAccessException;
import org.knime.core.util.pathresolve.ResolverUtil;

/**
 * Where a workflow may write when it runs without KNIME: to the folder of the results, to its own and to those that the
 * user has named. A workflow may come from somebody else, and nobody looks at each path in it before running it. In
 * KNIME, where the user sees the settings, paths are taken as they are, as KNIME's own writers do.
 */
public final class AllowedFolders {

    /** System property with the folders that the user has named, separated as a path's entries are. */
    public static final String PROPERTY = "realm4knime.writable";

    private AllowedFolders() {}

    /**
     * Refuses a path that a workflow may not write to.
     *
     * @param path a file or folder; it need not exist
     * @param setting title of the setting that names it, for the message
     * @throws InvalidSettingsException if it lies elsewhere, links followed
     */
    static void require(Path path, String setting) throws InvalidSettingsException {
        String output = System.getProperty(WorkflowPath.OUTPUT_PROPERTY);
        if (output == null) {
            return;
        }
        List<Path> allowed = new ArrayList<>(List.of(Path.of(output)));
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty(PROPERTY, ""))
                .filter(named -> !named.isEmpty())
                .map(Path::of)
                .forEach(allowed::add);
        workflow().ifPresent(allowed::add);
        Path real = real(path);
        if (allowed.stream().noneMatch(folder -> real.startsWith(real(folder)))) {
            throw new InvalidSettingsException(
                    ("'%s' (setting '%s') lies neither in the folder of the results nor in the workflow's own. A"
                                    + " workflow writes elsewhere only if you allow it: add --write-to '%s' to the"
                                    + " command, or change the setting.")
                            .formatted(path, setting, real.getParent() == null ? real : real.getParent()));
        }
    }

    private static Optional<Path> workflow() {
        try {
            return Optional.of(ResolverUtil.resolveURItoLocalOrTempFile(URI.create("knime://knime.workflow/"))
                    .toPath());
        } catch (ResourceAccessException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The path without links and detours, as far as it exists. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path there = absolute;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            return there.toRealPath().resolve(there.relativize(absolute));
        } catch (IOException e) {
            return absolute;
        }
    }
}
