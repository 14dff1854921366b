package org.knime.node.parameters.updates;

/** How predicates are combined. */
enum Operator {
    AND,
    OR,
    NOT
}
