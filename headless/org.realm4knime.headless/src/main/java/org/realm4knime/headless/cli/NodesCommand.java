package org.realm4knime.headless.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.realm4knime.headless.catalog.CatalogText;
import org.realm4knime.headless.catalog.NodeCatalog;
import org.realm4knime.headless.catalog.NodeInfo;
import org.realm4knime.headless.node.NodeRegistry;
import org.realm4knime.headless.workflow.WorkflowException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the nodes. */
@Command(name = "nodes", description = "List the nodes that workflows can use, with their ports and parameters.")
final class NodesCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "Only nodes whose names hold one of these, such as trainer (default: all).")
    private List<String> names = List.of();

    @Option(names = "--markdown", description = "Write a documentation page.")
    private boolean markdown;

    @Override
    public Integer call() throws Exception {
        List<NodeInfo> all = NodeCatalog.of(NodeRegistry.fromClassPath());
        List<NodeInfo> nodes =
                all.stream().filter(node -> isAskedFor(node.name())).toList();
        if (nodes.isEmpty()) {
            throw new WorkflowException("No node's name holds \"%s\". There are: %s."
                    .formatted(
                            String.join("\" or \"", names),
                            all.stream().map(NodeInfo::name).collect(Collectors.joining(", "))));
        }
        System.out.print(markdown ? CatalogText.markdown(nodes) : CatalogText.plain(nodes));
        return ExitCode.DONE;
    }

    private boolean isAskedFor(String node) {
        String lower = node.toLowerCase(Locale.ROOT);
        return names.isEmpty() || names.stream().anyMatch(name -> lower.contains(name.toLowerCase(Locale.ROOT)));
    }
}
