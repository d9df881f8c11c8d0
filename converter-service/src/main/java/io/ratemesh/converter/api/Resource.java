package io.ratemesh.converter.api;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.ProblemException;

/** Something that can be got. */
@FunctionalInterface
interface Resource {

    /**
     * Answers a GET.
     *
     * @throws ProblemException where it cannot
     */
    ApiResponse get(ResourceRequest ask);
}
