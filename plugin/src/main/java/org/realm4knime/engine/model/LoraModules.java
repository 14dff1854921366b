package org.realm4knime.engine.model;

import com.google.gson.JsonElement;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Which projections the member {@code target_modules} of an adapter means: a list of names or of their ends, a regular
 * expression over whole names, or {@code all-linear}, as PEFT reads it.
 */
final class LoraModules {

    private static final String ALL = "all-linear";
    private static final int LONGEST_PATTERN = 2_000;
    private static final int MOST_LOOKS = 200_000;
    /** Modules beside the layers that could be adapted too, which the engine does not do. */
    private static final List<String> OTHERS = List.of("lm_head", "model.embed_tokens");

    private final Architecture architecture;
    private final int layers;
    private final Predicate<String> chosen;

    private LoraModules(DecoderConfig config, Predicate<String> chosen) {
        this.architecture = config.architecture();
        this.layers = config.layers();
        this.chosen = chosen;
    }

    /**
     * The projections that are adapted in every layer.
     *
     * @param modules the member
     * @param config shape of the model
     * @throws IllegalArgumentException saying what of it is not supported
     */
    static Set<LoraTarget> targets(JsonElement modules, DecoderConfig config) {
        if (modules.isJsonArray()) {
            List<String> names = StreamSupport.stream(modules.getAsJsonArray().spliterator(), false)
                    .map(JsonElement::getAsString)
                    .toList();
            names.forEach(name -> new LoraModules(config, module -> isNamed(module, name)).requireSome(name));
            return new LoraModules(config, module -> names.stream().anyMatch(name -> isNamed(module, name))).targets();
        }
        String text = modules.getAsString();
        if (text.equals(ALL)) {
            return EnumSet.allOf(LoraTarget.class);
        }
        LoraModules matching = new LoraModules(config, matching(text));
        matching.requireSome(text);
        return matching.targets();
    }

    private static boolean isNamed(String module, String name) {
        return module.equals(name) || module.endsWith("." + name);
    }

    private static Predicate<String> matching(String expression) {
        if (expression.length() > LONGEST_PATTERN) {
            throw new IllegalArgumentException("the regular expression is too long");
        }
        try {
            Pattern pattern = Pattern.compile(expression);
            int[] looks = new int[1];
            return module -> pattern.matcher(new Watched(module, looks)).matches();
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(expression + " is no regular expression: " + e.getDescription());
        }
    }

    private void requireSome(String what) {
        Stream<String> all = Stream.of(LoraTarget.values())
                .flatMap(target ->
                        Stream.iterate(0, l -> l < layers, l -> l + 1).map(l -> target.module(architecture, l)));
        if (Stream.concat(all, OTHERS.stream()).noneMatch(chosen)) {
            throw new IllegalArgumentException(what + " is none of the model's projections");
        }
    }

    private Set<LoraTarget> targets() {
        Optional<String> other = OTHERS.stream().filter(chosen).findFirst();
        if (other.isPresent()) {
            throw new IllegalArgumentException("it adapts " + other.get());
        }
        Set<LoraTarget> targets = EnumSet.noneOf(LoraTarget.class);
        for (LoraTarget target : LoraTarget.values()) {
            long adapted = Stream.iterate(0, l -> l < layers, l -> l + 1)
                    .filter(layer -> chosen.test(target.module(architecture, layer)))
                    .count();
            if (adapted > 0 && adapted < layers) {
                throw new IllegalArgumentException("it adapts %s in %d of %d layers only"
                        .formatted(target.moduleName(architecture), adapted, layers));
            }
            if (adapted > 0) {
                targets.add(target);
            }
        }
        return targets;
    }

    /**
     * A text that stops a regular expression which looks at it too often, as one from a hostile file could without end.
     */
    private record Watched(String text, int[] looks) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++looks[0] > MOST_LOOKS) {
                throw new IllegalArgumentException("the regular expression takes too long");
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Watched(text.substring(start, end), looks);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
