package org.knime.core.data.filestore.internal;

import java.util.UUID;
import org.knime.core.node.workflow.WorkflowDataRepository;

/** Keeps file stores of port objects that are read or written outside of a workflow; its own repository. */
public final class NotInWorkflowWriteFileStoreHandler extends WriteFileStoreHandler {

    public NotInWorkflowWriteFileStoreHandler(final UUID storeUUID) {
        super("not-in-workflow", storeUUID);
        addToRepository(new WorkflowDataRepository());
    }

    public static NotInWorkflowWriteFileStoreHandler create() {
        return new NotInWorkflowWriteFileStoreHandler(UUID.randomUUID());
    }

    /** Whether file stores have been put here. */
    public boolean hasCopiedFileStores() {
        return getBaseDir() != null;
    }
}
