/**
 * Models behind a server that speaks the OpenAI chat protocol, such as vLLM, Ollama, llama.cpp and hosted ones.
 *
 * <p>{@link org.realm4knime.engine.endpoint.EndpointModel} asks them. LangChain4j knows the protocol; what it lacks is
 * here: how long to wait, whom to ask next, what was answered before, and that a key never leaves but in the request's
 * header.
 */
package org.realm4knime.engine.endpoint;
