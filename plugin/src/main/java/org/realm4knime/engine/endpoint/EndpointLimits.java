package org.realm4knime.engine.endpoint;

import org.realm4knime.engine.Settings;

/**
 * How hard a server may be asked, and how patiently.
 *
 * @param timeoutSeconds a request that is not answered whole after so many seconds is given up; at least 1
 * @param parallel requests that one server answers at the same time, at least 1
 * @param requestsPerMinute most requests to all servers in a minute; 0 for no limit
 * @param tokensPerMinute most tokens, read and written, of all servers in a minute; 0 for no limit
 * @param retries how often a request that failed is sent again, 0 or more
 */
public record EndpointLimits(
        int timeoutSeconds, int parallel, int requestsPerMinute, int tokensPerMinute, int retries) {

    /** Checks the values. */
    public EndpointLimits {
        Settings.requireAtLeast(1, timeoutSeconds, "Time-out");
        Settings.requireAtLeast(1, parallel, "Parallel requests");
        Settings.requireAtLeast(0, requestsPerMinute, "Requests per minute");
        Settings.requireAtLeast(0, tokensPerMinute, "Tokens per minute");
        Settings.requireAtLeast(0, retries, "Retries");
    }
}
