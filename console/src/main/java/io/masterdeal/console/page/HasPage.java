package io.masterdeal.console.page;

/** An exception that its screen explains on a page of its own, by a handler of Spring MVC. Others get the page of {@link ErrorPage}. */
public interface HasPage {}
