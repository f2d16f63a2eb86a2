/** Projects and their services: what everything else belongs to. */
@org.jspecify.annotations.NullMarked
package io.binnacle.projects.entity;
