package io.ratemesh.converter.api;

import io.ratemesh.converter.http.Answer;
import io.ratemesh.converter.http.Refusal;

/** Something that can be got. */
@FunctionalInterface
interface Resource {

    /**
     * Answers a GET.
     *
     * @throws Refusal where it cannot
     */
    Answer get(Ask ask);
}
