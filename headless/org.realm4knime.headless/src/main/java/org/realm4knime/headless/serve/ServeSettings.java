package org.realm4knime.headless.serve;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How a model is served.
 *
 * @param name the model's name for those who ask
 * @param host address to listen on
 * @param port port to listen on; 0 for any that is free
 * @param token what those who ask must know; null if nothing
 * @param adapters folder, with what is below it, of which LoRA adapters may be loaded; null if none may
 * @param weights folder, with what is below it, of which all weights may be taken in the place of the model's own; null
 *     if none may
 * @param batch completions that are computed together
 * @param limits what is taken of those who ask
 */
public record ServeSettings(
        String name, String host, int port, String token, Path adapters, Path weights, int batch, ServeLimits limits) {

    /** Checks that nothing is missing. */
    public ServeSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(limits, "limits");
    }
}
