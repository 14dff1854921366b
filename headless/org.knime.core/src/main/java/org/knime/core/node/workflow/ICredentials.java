package org.knime.core.node.workflow;

/** A name and a password. */
public interface ICredentials {

    String getPassword();
}
