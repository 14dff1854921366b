package org.realm4knime.engine.endpoint;

/**
 * A server, and how busy it is. Guarded by {@link Replicas}.
 */
final class Replica {

    private final ChatClient client;
    private int asked;
    private long restsUntil;

    Replica(ChatClient client, long now) {
        this.client = client;
        restsUntil = now;
    }

    ChatClient client() {
        return client;
    }

    int asked() {
        return asked;
    }

    void begin() {
        asked++;
    }

    void end() {
        asked--;
    }

    /** Nanoseconds until it may be asked again; 0 if now. */
    long rest(long now) {
        return Math.max(0, restsUntil - now);
    }

    void restUntil(long moment) {
        restsUntil = Math.max(restsUntil, moment);
    }
}
