/**
 * Training engine for small reasoning language models. Knows neither KNIME nor Eclipse; its subpackages are layered in
 * the order torch, model, generate, problem, route, mrpv, eaai, train, distill, evaluate, and each knows only those
 * before it.
 */
package org.realm4knime.engine;
