package org.realm4knime.claims;

import java.util.ArrayList;
import java.util.List;

/**
 * A row of the tables: an arm, or a vote of the routes.
 *
 * @param name by which its answers are kept
 * @param title in tables
 * @param group what it is in the comparison
 */
record Method(String name, String title, Plan.Group group) {

    static List<Method> of(Plan plan, List<Plan.Arm> arms) {
        List<Method> methods = new ArrayList<>();
        arms.forEach(arm -> methods.add(new Method(arm.name(), arm.title(), arm.group())));
        if (arms.stream().anyMatch(arm -> arm.group() == Plan.Group.START)) {
            plan.votes().forEach((name, group) -> methods.add(new Method(name, name, group)));
        }
        return methods;
    }

    static List<String> names(List<Method> methods, Plan.Group group) {
        return methods.stream()
                .filter(method -> method.group() == group)
                .map(Method::name)
                .toList();
    }
}
