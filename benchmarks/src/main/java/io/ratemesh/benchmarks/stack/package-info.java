/**
 * {@code bench convert-stack}: conversions end to end by Ratemesh, and by what many would build: Flask, gunicorn, nginx and HAProxy.
 * One converter alone is measured in {@code convert}.
 */
@NullMarked
package io.ratemesh.benchmarks.stack;

import org.jspecify.annotations.NullMarked;
