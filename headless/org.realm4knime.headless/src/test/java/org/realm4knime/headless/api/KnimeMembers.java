package org.realm4knime.headless.api;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The members of {@code org.knime.*} that class files use, and those that the stand-ins have. */
final class KnimeMembers {

    private static final String KNIME = "org.knime.";
    private static final String STAND_IN = "org.realm4knime.standin";
    private static final String OURS = "org.realm4knime.";
    private static final String NODES = "org.realm4knime.nodes";

    private final JavaClasses classes;

    private KnimeMembers(JavaClasses classes) {
        this.classes = classes;
    }

    /** Of the nodes, the runner and the stand-ins, as they are on the class path; without tests. */
    static KnimeMembers ofClassPath() {
        String tests = KnimeMembers.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return new KnimeMembers(new ClassFileImporter()
                .withImportOption(location -> !location.contains(tests))
                .importPackages("org.knime", STAND_IN, NODES, "org.realm4knime.headless"));
    }

    private Stream<JavaClass> in(String prefix) {
        return classes.stream().filter(type -> type.getName().startsWith(prefix));
    }

    /** A line for a member: class, name, parameters and type. */
    static String line(JavaMember member) {
        return member.getFullName() + ": "
                + (member instanceof JavaField field ? field.getRawType() : ((JavaCodeUnit) member).getRawReturnType())
                        .getName();
    }

    /** What nodes call, read, override, implement by a lambda, and write into annotations. */
    Set<JavaMember> usedByNodes() {
        return used(in(NODES).toList());
    }

    /** Classes of ours that nodes name and that are not installed with them into KNIME. */
    List<String> foreignToNodes() {
        return in(NODES)
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(type -> type.getName().startsWith("org.realm4knime.")
                        && !type.getName().startsWith(NODES)
                        && !type.getName().startsWith("org.realm4knime.engine")
                        && !type.getName().startsWith("org.realm4knime.samples"))
                .map(JavaClass::getName)
                .distinct()
                .toList();
    }

    private Set<JavaMember> used(Collection<JavaClass> users) {
        Set<JavaMember> used = new LinkedHashSet<>();
        for (JavaClass user : users) {
            user.getAccessesFromSelf().forEach(access -> used.addAll(target(access)));
            used.addAll(overridden(user));
            annotated(user).forEach(element -> used.addAll(annotationMembers(element)));
        }
        used.removeIf(member -> !isKnime(member.getOwner()));
        used.addAll(functions(used));
        return used;
    }

    private static boolean isKnime(JavaClass type) {
        return type.getName().startsWith(KNIME);
    }

    private static Set<JavaMember> target(JavaAccess<?> access) {
        return access.getTarget().resolveMember().<Set<JavaMember>>map(Set::of).orElse(Set.of());
    }

    /** Methods above a class that one of its methods overrides. */
    private static Set<JavaMember> overridden(JavaClass type) {
        Set<JavaMember> found = new HashSet<>();
        for (JavaClass above : above(type)) {
            above.getMethods().stream()
                    .filter(method -> type.getMethods().stream().anyMatch(own -> overrides(own, method)))
                    .forEach(found::add);
        }
        return found;
    }

    private static List<JavaClass> above(JavaClass type) {
        return Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                .toList();
    }

    private static boolean overrides(JavaMethod own, JavaMethod above) {
        return own.getName().equals(above.getName())
                && own.getRawParameterTypes().size()
                        == above.getRawParameterTypes().size()
                && !above.getModifiers().contains(JavaModifier.STATIC)
                && !above.getModifiers().contains(JavaModifier.PRIVATE);
    }

    private static Stream<HasAnnotations<?>> annotated(JavaClass type) {
        return Stream.concat(Stream.of(type), type.getMembers().stream());
    }

    private static Set<JavaMember> annotationMembers(HasAnnotations<?> element) {
        Set<JavaMember> found = new HashSet<>();
        for (JavaAnnotation<?> annotation : element.getAnnotations()) {
            annotation.getProperties().forEach((name, value) -> {
                if (annotation.hasExplicitlyDeclaredProperty(name)) {
                    annotation.getRawType().tryGetMethod(name).ifPresent(found::add);
                    if (value instanceof JavaEnumConstant constant) {
                        found.add(constant.getDeclaringClass().getField(constant.name()));
                    }
                }
            });
        }
        return found;
    }

    /** The method of each functional interface that a member takes: callers implement it by a lambda. */
    private static Set<JavaMember> functions(Set<JavaMember> members) {
        Set<JavaMember> found = new HashSet<>();
        for (JavaMember member : members) {
            if (member instanceof JavaCodeUnit unit) {
                unit.getRawParameterTypes().stream()
                        .filter(KnimeMembers::isKnime)
                        .filter(type -> type.isAnnotatedWith(FunctionalInterface.class))
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /**
     * The members of the stand-ins that nodes can see. Those that lead out of KNIME's names are not among them: they
     * name a type of the stand-ins' own package, or override a method of one, which no node can. Nor are those that
     * override another one.
     */
    Set<JavaMember> visible() {
        Set<JavaMember> found = new LinkedHashSet<>();
        in(KNIME).filter(type -> isVisible(type, type.getModifiers())).forEach(type -> type.getMembers().stream()
                .filter(member -> isVisible(type, member.getModifiers()))
                .filter(member -> !isDoor(member) && !isJavas(member) && !overrides(member, KNIME))
                .forEach(found::add));
        return found;
    }

    private static boolean isVisible(JavaClass type, Set<JavaModifier> modifiers) {
        boolean visible = modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
        return visible
                && !modifiers.contains(JavaModifier.SYNTHETIC)
                && type.getEnclosingClass()
                        .map(outer -> isVisible(outer, outer.getModifiers()))
                        .orElse(true);
    }

    private static boolean isDoor(JavaMember member) {
        Predicate<JavaClass> own = type -> type.getName().startsWith(STAND_IN);
        if (!(member instanceof JavaCodeUnit unit)) {
            return false;
        }
        return own.test(unit.getRawReturnType())
                || unit.getRawParameterTypes().stream().anyMatch(own)
                || overrides(member, STAND_IN);
    }

    /** Whether a member overrides one of a class or interface whose name begins so. */
    private static boolean overrides(JavaMember member, String prefix) {
        return overrides(member, type -> type.getName().startsWith(prefix));
    }

    private static boolean overrides(JavaMember member, Predicate<JavaClass> where) {
        return member instanceof JavaMethod method
                && above(member.getOwner()).stream().filter(where).anyMatch(type -> type.getMethods().stream()
                        .anyMatch(other -> overrides(method, other)));
    }

    /** What Java gives every enum, and what overrides something of Java. */
    private static boolean isJavas(JavaMember member) {
        boolean ofEnum =
                member.getOwner().isEnum() && Set.of("values", "valueOf").contains(member.getName());
        return ofEnum
                || overrides(member, type -> !isKnime(type) && !type.getName().startsWith(OURS));
    }

    /**
     * The members of the stand-ins that nothing reaches from the nodes, the runner and what runs nodes.
     *
     * @param justified full names of members that count as reached
     */
    List<String> unreached(Collection<String> justified) {
        Set<JavaMember> reached = new HashSet<>();
        Deque<JavaMember> open = new ArrayDeque<>(used(in(OURS).toList()));
        in(KNIME)
                .flatMap(type -> type.getMembers().stream())
                .filter(member -> justified.contains(member.getFullName()))
                .forEach(open::add);
        while (!open.isEmpty()) {
            JavaMember member = open.pop();
            if (isKnime(member.getOwner()) && reached.add(member)) {
                open.addAll(behind(member));
            }
        }
        return in(KNIME)
                .flatMap(type -> type.getMembers().stream())
                .filter(member -> !reached.contains(member))
                .filter(member -> !isJavas(member) && !isCompilers(member) && !overrides(member, STAND_IN))
                .map(JavaMember::getFullName)
                .toList();
    }

    /** Written or taken away by the compiler: its own methods, accessors of records, constructors, constants. */
    private static boolean isCompilers(JavaMember member) {
        JavaClass owner = member.getOwner();
        boolean constructor = member instanceof JavaCodeUnit unit
                && unit.isConstructor()
                && unit.getRawParameterTypes().isEmpty();
        boolean accessor =
                owner.isRecord() && owner.tryGetField(member.getName()).isPresent();
        boolean constant = member instanceof JavaField field
                && field.getModifiers().containsAll(Set.of(JavaModifier.STATIC, JavaModifier.FINAL))
                && (field.getRawType().isPrimitive() || field.getRawType().isEquivalentTo(String.class));
        return constructor
                || accessor
                || constant
                || member.getModifiers().contains(JavaModifier.SYNTHETIC)
                || member.getName().equals("<clinit>");
    }

    /** What is reached with a member: what it uses, what it overrides and what overrides it. */
    private static Set<JavaMember> behind(JavaMember member) {
        Set<JavaMember> next = new LinkedHashSet<>();
        JavaClass owner = member.getOwner();
        // whoever uses a class runs its static initializer, and what Java calls by itself
        Stream.concat(
                        owner.getCodeUnits().stream().filter(unit -> isJavas(unit) || isCompilers(unit)),
                        member instanceof JavaCodeUnit unit ? Stream.of(unit) : Stream.of())
                .forEach(unit -> unit.getAccessesFromSelf().forEach(access -> next.addAll(target(access))));
        if (member instanceof JavaMethod method) {
            Stream.concat(owner.getAllSubclasses().stream(), above(owner).stream())
                    .flatMap(type -> type.getMethods().stream())
                    .filter(other -> overrides(method, other) || overrides(other, method))
                    .forEach(next::add);
        }
        return next;
    }
}
