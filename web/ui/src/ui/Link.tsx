import { useRouter } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, MouseEvent, ReactNode, Ref } from "react";

export interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> {
  href: string;
  children?: ReactNode;
  ref?: Ref<HTMLAnchorElement> | undefined;
}

/** A link inside the application: a real address, no page load, and the page's code fetched on hover. */
export function Link({ href, onClick, onMouseEnter, children, ...rest }: LinkProps) {
  const router = useRouter();
  const inside =
    href.startsWith("/") && !href.startsWith("/api/") && !rest.target && rest.download === undefined;
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!inside || !plain || event.defaultPrevented) return;
    event.preventDefault();
    router.history.push(href);
  };
  const warm = (event: MouseEvent<HTMLAnchorElement>) => {
    onMouseEnter?.(event);
    if (inside) void router.preloadRoute({ to: href.split(/[?#]/)[0] ?? href }).catch(() => undefined);
  };
  return (
    <a href={href} onClick={follow} onMouseEnter={warm} {...rest}>
      {children}
    </a>
  );
}

/** Goes to an address of the application from code. */
export function useGo(): (href: string, options?: { replace?: boolean }) => void {
  const router = useRouter();
  return (href, options) => (options?.replace ? router.history.replace(href) : router.history.push(href));
}
