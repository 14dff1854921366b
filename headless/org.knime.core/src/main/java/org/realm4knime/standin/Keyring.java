package org.realm4knime.standin;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Passwords by the names of credentials, kept in memory alone. No method shows one but the one that gives it. */
public final class Keyring {

    private final Map<String, String> passwords;

    /** @param passwords by name */
    public Keyring(Map<String, String> passwords) {
        this.passwords = new TreeMap<>(passwords);
    }

    /** @return one without passwords */
    public static Keyring empty() {
        return new Keyring(Map.of());
    }

    /** @return the names */
    public Set<String> names() {
        return Set.copyOf(passwords.keySet());
    }

    /**
     * @param name of credentials
     * @return their password; nothing if there are none of that name
     */
    public Optional<String> password(String name) {
        return Optional.ofNullable(passwords.get(name));
    }

    @Override
    public String toString() {
        return "Keyring" + passwords.keySet();
    }
}
