package org.knime.core.node.workflow;

import java.util.Collection;
import org.realm4knime.standin.Keyring;

/** The credentials that a node can see. */
public final class CredentialsProvider {

    private final Keyring m_keyring;

    public CredentialsProvider(final Keyring keyring) {
        m_keyring = keyring;
    }

    /** @throws IllegalArgumentException if there are none of that name */
    public ICredentials get(final String name) {
        String password = m_keyring
                .password(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("No credentials stored to name \"%s\"".formatted(name)));
        return () -> password;
    }

    public Collection<String> listNames() {
        return m_keyring.names();
    }
}
