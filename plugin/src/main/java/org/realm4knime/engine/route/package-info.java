/** Chains of thought for a problem, and where they come from: models, endpoints, recorded tables. */
package org.realm4knime.engine.route;
