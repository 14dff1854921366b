/**
 * A model behind the OpenAI protocol as vLLM speaks it, so that another process or machine can ask it, or take part in
 * a training.
 *
 * <p>{@link org.realm4knime.headless.serve.ModelServer} is the JDK's HTTP server with
 * {@link org.realm4knime.engine.generate.LiveGenerator} behind it.
 */
package org.realm4knime.headless.serve;
