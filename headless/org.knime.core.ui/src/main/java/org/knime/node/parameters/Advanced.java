package org.knime.node.parameters;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The parameter, section or layout element is shown only when users ask for advanced settings. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Advanced {}
