package io.binnacle.platform.boundary.http;

/**
 * JSON that is kept as text, for answers: there it is JSON. No tree is made of it, which would take
 * many times the memory of the text.
 */
public record JsonText(String text) {}
