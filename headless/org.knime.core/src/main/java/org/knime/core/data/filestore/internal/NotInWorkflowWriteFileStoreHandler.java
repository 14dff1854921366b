package org.knime.core.data.filestore.internal;

import java.util.UUID;
import org.knime.core.node.workflow.WorkflowDataRepository;

/** Keeps file stores of port objects that are read outside of a workflow; its own repository. */
public final class NotInWorkflowWriteFileStoreHandler extends WriteFileStoreHandler {

    public NotInWorkflowWriteFileStoreHandler(final UUID storeUUID) {
        super("not-in-workflow", storeUUID);
        addToRepository(new WorkflowDataRepository());
    }
}
