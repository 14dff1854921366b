package org.realm4knime.check;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.Platform;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.knime.core.node.NodeFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Looks at an installation from within: every bundle resolves, every registered node can be created, the engine's
 * native library starts. Prints a line for each problem and one line of totals; the exit status is 0 only without
 * problems.
 */
public final class InstallationCheck implements IApplication {

    private static final Integer PROBLEMS = 1;

    @Override
    public Object start(IApplicationContext context) {
        Bundle[] bundles =
                FrameworkUtil.getBundle(getClass()).getBundleContext().getBundles();
        List<IConfigurationElement> nodes = Stream.of(Platform.getExtensionRegistry()
                        .getConfigurationElementsFor("org.knime.workbench.repository.nodes"))
                .filter(element -> element.getName().equals("node"))
                .toList();
        List<String> problems = Stream.of(unresolved(bundles), broken(nodes), engine())
                .flatMap(found -> found)
                .toList();
        problems.forEach(problem -> System.out.println("problem: " + problem));
        System.out.printf(
                "%d bundles, %d node factories, %d problems%n", bundles.length, nodes.size(), problems.size());
        return problems.isEmpty() ? IApplication.EXIT_OK : PROBLEMS;
    }

    @Override
    public void stop() {
        // nothing runs beyond start
    }

    private static Stream<String> unresolved(Bundle[] bundles) {
        bundles[0].adapt(FrameworkWiring.class).resolveBundles(null);
        return Arrays.stream(bundles)
                .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                .map(bundle -> "bundle " + bundle.getSymbolicName() + " does not resolve: " + reason(bundle));
    }

    private static String reason(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            return "no reason given";
        } catch (BundleException e) {
            return e.getMessage();
        }
    }

    private static Stream<String> broken(List<IConfigurationElement> nodes) {
        return nodes.stream().flatMap(node -> {
            try {
                NodeFactory<?> factory = (NodeFactory<?>) node.createExecutableExtension("factory-class");
                return factory.getIcon() == null
                        ? Stream.of("node " + factory.getNodeName() + " has no icon")
                        : Stream.empty();
            } catch (CoreException | RuntimeException | LinkageError e) {
                return Stream.of("node " + node.getAttribute("factory-class") + ": " + e);
            }
        });
    }

    /** By reflection: the host that this application belongs to knows nothing of the feature. */
    private static Stream<String> engine() {
        try {
            Object description = Platform.getBundle("org.realm4knime.engine")
                    .loadClass("org.realm4knime.engine.torch.Torch")
                    .getMethod("description")
                    .invoke(null);
            System.out.println("engine: " + description);
            return Stream.empty();
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Stream.of("the engine does not start: " + (e.getCause() == null ? e : e.getCause()));
        }
    }
}
