package org.realm4knime.headless.serve;

/**
 * What is taken of those who ask.
 *
 * @param bytes of a request, at most
 * @param concurrent requests that are answered or wait, at most
 * @param perMinute requests in a minute, at most; 0 for no limit
 * @param completions of a request, at most
 * @param adapters adapters that are loaded at the same time, at most
 */
public record ServeLimits(int bytes, int concurrent, int perMinute, int completions, int adapters) {

    /** What suits one trusted user. */
    public static final ServeLimits DEFAULT = new ServeLimits(4_000_000, 64, 0, 128, 4);
}
