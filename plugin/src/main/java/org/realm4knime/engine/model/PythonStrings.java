package org.realm4knime.engine.model;

import java.beans.FeatureDescriptor;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import org.apache.commons.lang3.StringUtils;

/** The methods of Python's {@code str} that chat templates call. */
final class PythonStrings extends ELResolver {

    @Override
    public Object invoke(ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
        if (!(base instanceof String text)) {
            return null;
        }
        String first = arguments.length == 0 || arguments[0] == null ? null : arguments[0].toString();
        Object result =
                switch (method.toString()) {
                    case "startswith" -> text.startsWith(first);
                    case "endswith" -> text.endsWith(first);
                    case "strip" -> StringUtils.strip(text, first);
                    case "lstrip" -> StringUtils.stripStart(text, first);
                    case "rstrip" -> StringUtils.stripEnd(text, first);
                    case "split" -> split(text, first);
                    case "upper" -> StringUtils.upperCase(text);
                    case "lower" -> StringUtils.lowerCase(text);
                    default -> null;
                };
        context.setPropertyResolved(result != null);
        return result;
    }

    /** Without a separator, at runs of white space, and none at the ends. */
    private static List<String> split(String text, String separator) {
        return separator == null
                ? Arrays.asList(StringUtils.split(text))
                : Arrays.asList(text.split(Pattern.quote(separator), -1));
    }

    @Override
    public Object getValue(ELContext context, Object base, Object property) {
        return null;
    }

    @Override
    public Class<?> getType(ELContext context, Object base, Object property) {
        return null;
    }

    @Override
    public void setValue(ELContext context, Object base, Object property, Object value) {
        // strings have no properties
    }

    @Override
    public boolean isReadOnly(ELContext context, Object base, Object property) {
        return true;
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
        return null;
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, Object base) {
        return null;
    }
}
