package org.realm4knime.headless.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.realm4knime.headless.catalog.CatalogText;
import org.realm4knime.headless.catalog.NodeCatalog;
import org.realm4knime.headless.catalog.NodeInfo;
import org.realm4knime.headless.node.NodeRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the nodes. */
@Command(name = "nodes", description = "List the nodes that workflows can use, with their ports and parameters.")
final class NodesCommand implements Callable<Integer> {

    @Option(names = "--markdown", description = "Write a documentation page.")
    private boolean markdown;

    @Override
    public Integer call() throws Exception {
        List<NodeInfo> nodes = NodeCatalog.of(NodeRegistry.fromClassPath());
        System.out.print(markdown ? CatalogText.markdown(nodes) : CatalogText.plain(nodes));
        return ExitCode.DONE;
    }
}
