// Made by `npm run gen` from docs/reference/openapi.json. Not to be edited.

export interface paths {
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Recorded acts, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description A named range that ends now; 24h where nothing is asked. */
                    range?: components["schemas"]["Range"];
                    /** @description First instant inside; needs `to`. */
                    from?: components["schemas"]["Timestamp"];
                    /** @description First instant after; needs `from`. */
                    to?: components["schemas"]["Timestamp"];
                    /** @description An id, an address, a token's or operator's name, or `system` or `anonymous`. */
                    actor?: string;
                    /** @description An action such as `login.failed`, or its beginning, such as `login`. */
                    action?: string;
                    /** @description 1 to 500; 50 where nothing is asked. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuditList"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Walks the whole chain and says whether it is whole. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuditVerdict"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Logs in by address and password. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["LoginForm"];
                };
            };
            responses: {
                /** @description Signed in */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                /** @description The body is not well-formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Wrong address or password */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Asked for by a page of another origin */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is of another type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs this browser out. Harmless where it is not signed in. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Signed out */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Asked for by a page of another origin */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the caller is and what they may do. For a token, `user` is null. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes the caller's password; their other sessions end. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordForm"];
                };
            };
            responses: {
                /** @description Changed */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The body is not well-formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is of another type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchanges the refresh cookie for fresh cookies. A used one ends the session. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Signed in for another while */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                /** @description The session is over */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Asked for by a page of another origin */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes an account: by invitation, or freely where the operator allows it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RegisterForm"];
                };
            };
            responses: {
                /** @description Signed in */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                /** @description The body is not well-formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Registration is off, or the invitation is not valid */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The address has an account */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is of another type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's own sessions, newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionList"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Signs the caller out everywhere but here. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Signed out elsewhere */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Signs one of the caller's own sessions out. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: components["schemas"]["SessionId"];
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Signed out */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Not a session of the caller's */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** First run: makes the first admin with the link printed at start. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SetupForm"];
                };
            };
            responses: {
                /** @description Signed in as the first admin */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                /** @description The body is not well-formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The link is not valid */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Asked for by a page of another origin */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Set up already */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is of another type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the log-in page needs to know. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthState"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collector/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which days of each feed were read, which failed, which never were. */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 120; 30 where nothing is asked. */
                    days?: number;
                    /** @description Of this credential. */
                    key?: components["schemas"]["CredentialId"];
                    /** @description Of this vendor. */
                    vendor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CoverageStrip"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collector/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The runs, the latest first. */
        get: {
            parameters: {
                query?: {
                    /** @description With this credential. */
                    key?: components["schemas"]["CredentialId"];
                    /** @description Of this vendor. */
                    vendor?: string;
                    /** @description In this state. */
                    state?: components["schemas"]["RunState"];
                    /** @description 1 to 500; 50 where nothing is asked. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunList"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collector/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: components["schemas"]["RunId"];
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunView"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collector/runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a run. What it read is kept, and the next run goes on from there. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: components["schemas"]["RunId"];
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It stops */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunView"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collector/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The schedules of all credentials. */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 500; 50 where nothing is asked. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ScheduleList"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collector/schedules/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A credential's schedule. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key_id: components["schemas"]["CredentialId"];
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ScheduleView"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Sets a credential's schedule. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key_id: components["schemas"]["CredentialId"];
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ScheduleForm"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ScheduleView"];
                    };
                };
                /** @description The body is not well-formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is of another type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collector/sync/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reads a vendor now. A feed that waited for somebody to act is tried, too. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key_id: components["schemas"]["CredentialId"];
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["SyncForm"] | null;
                };
            };
            responses: {
                /** @description It begins when its turn comes */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Asked"];
                    };
                };
                /** @description The body is not well-formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A run of it is under way, or it has no usable secret */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is of another type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/compliance/detectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the engine looks for. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DetectorList"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Makes a detector of one's own: a pattern, and what makes a match surer. Taken up without restart. A pattern that
         *     could not be matched in linear time, or whose matches have no bound, is refused with the reason.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A repeat with the same key and body within an hour gets the first answer again */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CustomDetector"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DetectorView"];
                    };
                };
                /** @description The body is not well-formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The id is taken, or there are too many */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is of another type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/compliance/detectors/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Deletes a detector of one's own. What it found stays as it is. Built-in ones can be switched off instead. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Deleted */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description It is built in */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Switches a detector on or off, or moves its threshold. Taken up without restart; values stay masked either way. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DetectorChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DetectorView"];
                    };
                };
                /** @description The body is not well-formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is of another type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/compliance/scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Scans a text, and shows it with what was found replaced, in every mode. Nothing of it is kept. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ScanRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TrialAnswer"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/compliance/scan/{event_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Scans the kept (masked) text of an event again, with the engine as it is now. Nothing is changed. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    event_id: components["schemas"]["EventId"];
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RescanAnswer"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/compliance/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was found in a range, by detector, vendor, person and action. */
        get: {
            parameters: {
                query?: {
                    /** @description A named range that ends now; 24h where nothing is asked. */
                    range?: components["schemas"]["Range"];
                    /** @description First instant inside; needs `to`. */
                    from?: components["schemas"]["Timestamp"];
                    /** @description First instant after; needs `from`. */
                    to?: components["schemas"]["Timestamp"];
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Summary"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/costs/focus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every charge that vendors reported, as FOCUS 1.4 (Cost and Usage) writes them, streamed. Amounts are in the vendor's
         *     own currency, with every digit. What was only observed is no charge, and not in it.
         */
        get: {
            parameters: {
                query?: {
                    /** @description A named range that ends now; 24h where nothing is asked. */
                    range?: components["schemas"]["Range"];
                    /** @description First instant inside; needs `to`. */
                    from?: components["schemas"]["Timestamp"];
                    /** @description First instant after; needs `from`. */
                    to?: components["schemas"]["Timestamp"];
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/costs/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where this month will end, with an interval, how that is reckoned, or why it cannot be said. */
        get: {
            parameters: {
                query?: {
                    /** @description Which figure; what is billed where bills are collected, else what was seen. */
                    basis?: "billed" | "seen";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OutlookView"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/costs/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was spent in whole days: reported, observed and not priced, each for itself. */
        get: {
            parameters: {
                query?: {
                    /** @description A named range that ends now; 24h where nothing is asked. */
                    range?: components["schemas"]["Range"];
                    /** @description First instant inside; needs `to`. */
                    from?: components["schemas"]["Timestamp"];
                    /** @description First instant after; needs `from`. */
                    to?: components["schemas"]["Timestamp"];
                    /** @description What spend is told apart by; vendor where nothing is asked. */
                    by?: "vendor" | "model" | "key" | "team" | "app" | "user" | "cost_center" | "project";
                    /** @description Values listed, 1 to 500; 100 where nothing is asked. What is left is one more, marked `other`. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CostSummary"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dashboard/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures, series and lists over a range. Kept for 30 s; `X-Cache` says whether this answer was. */
        get: {
            parameters: {
                query?: {
                    /** @description A named range that ends now; 24h where nothing is asked. */
                    range?: components["schemas"]["Range"];
                    /** @description First instant inside; needs `to`. */
                    from?: components["schemas"]["Timestamp"];
                    /** @description First instant after; needs `from`. */
                    to?: components["schemas"]["Timestamp"];
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        /** @description `hit` or `miss` */
                        "X-Cache"?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Overview"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events in a range that pass a filter, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description A named range that ends now; 24h where nothing is asked. */
                    range?: components["schemas"]["Range"];
                    /** @description First instant inside; needs `to`. */
                    from?: components["schemas"]["Timestamp"];
                    /** @description First instant after; needs `from`. */
                    to?: components["schemas"]["Timestamp"];
                    /** @description Vendor ids. */
                    vendor?: string;
                    /** @description Models. */
                    model?: string;
                    /** @description `app`, `gateway`, `collector`, `otlp`. */
                    source?: string;
                    /** @description People, as applications name them. */
                    user?: string;
                    /** @description Teams. */
                    team?: string;
                    /** @description Applications. */
                    app?: string;
                    /** @description Conversations. */
                    conversation_id?: string;
                    /** @description Worst severity: `info`, `low`, `medium`, `high`, `critical`, or `none` where nothing was found. */
                    severity?: string;
                    /** @description Detectors that found something. */
                    detector?: string;
                    /** @description Fingerprints of found values. */
                    fingerprint?: string;
                    /** @description `allow`, `flag`, `redact`, `pseudonymise`, `block`, `route`, `justify`. */
                    action?: string;
                    /** @description `ok`, `error`, `truncated`, `blocked`. */
                    status?: string;
                    /** @description At least so many US dollars, as a decimal. */
                    min_cost?: string;
                    /** @description At least so many milliseconds. */
                    min_latency_ms?: number;
                    /** @description 1 to 500; 50 where nothing is asked. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Adds `total`. */
                    count?: boolean;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EventList"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole filtered list as a file, streamed. */
        get: {
            parameters: {
                query: {
                    /** @description A named range that ends now; 24h where nothing is asked. */
                    range?: components["schemas"]["Range"];
                    /** @description First instant inside; needs `to`. */
                    from?: components["schemas"]["Timestamp"];
                    /** @description First instant after; needs `from`. */
                    to?: components["schemas"]["Timestamp"];
                    /** @description Vendor ids. */
                    vendor?: string;
                    /** @description Models. */
                    model?: string;
                    /** @description `app`, `gateway`, `collector`, `otlp`. */
                    source?: string;
                    /** @description People, as applications name them. */
                    user?: string;
                    /** @description Teams. */
                    team?: string;
                    /** @description Applications. */
                    app?: string;
                    /** @description Conversations. */
                    conversation_id?: string;
                    /** @description Worst severity: `info`, `low`, `medium`, `high`, `critical`, or `none` where nothing was found. */
                    severity?: string;
                    /** @description Detectors that found something. */
                    detector?: string;
                    /** @description Fingerprints of found values. */
                    fingerprint?: string;
                    /** @description `allow`, `flag`, `redact`, `pseudonymise`, `block`, `route`, `justify`. */
                    action?: string;
                    /** @description `ok`, `error`, `truncated`, `blocked`. */
                    status?: string;
                    /** @description At least so many US dollars, as a decimal. */
                    min_cost?: string;
                    /** @description At least so many milliseconds. */
                    min_latency_ms?: number;
                    /** @description How it is written. */
                    format: "csv" | "json" | "ndjson";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                        "application/json": components["schemas"]["EventRow"][];
                        "application/x-ndjson": string;
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts per value for a filter. */
        get: {
            parameters: {
                query?: {
                    /** @description A named range that ends now; 24h where nothing is asked. */
                    range?: components["schemas"]["Range"];
                    /** @description First instant inside; needs `to`. */
                    from?: components["schemas"]["Timestamp"];
                    /** @description First instant after; needs `from`. */
                    to?: components["schemas"]["Timestamp"];
                    /** @description Vendor ids. */
                    vendor?: string;
                    /** @description Models. */
                    model?: string;
                    /** @description `app`, `gateway`, `collector`, `otlp`. */
                    source?: string;
                    /** @description People, as applications name them. */
                    user?: string;
                    /** @description Teams. */
                    team?: string;
                    /** @description Applications. */
                    app?: string;
                    /** @description Conversations. */
                    conversation_id?: string;
                    /** @description Worst severity: `info`, `low`, `medium`, `high`, `critical`, or `none` where nothing was found. */
                    severity?: string;
                    /** @description Detectors that found something. */
                    detector?: string;
                    /** @description Fingerprints of found values. */
                    fingerprint?: string;
                    /** @description `allow`, `flag`, `redact`, `pseudonymise`, `block`, `route`, `justify`. */
                    action?: string;
                    /** @description `ok`, `error`, `truncated`, `blocked`. */
                    status?: string;
                    /** @description At least so many US dollars, as a decimal. */
                    min_cost?: string;
                    /** @description At least so many milliseconds. */
                    min_latency_ms?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Facets"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/histogram": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events over time for a filter. */
        get: {
            parameters: {
                query?: {
                    /** @description A named range that ends now; 24h where nothing is asked. */
                    range?: components["schemas"]["Range"];
                    /** @description First instant inside; needs `to`. */
                    from?: components["schemas"]["Timestamp"];
                    /** @description First instant after; needs `from`. */
                    to?: components["schemas"]["Timestamp"];
                    /** @description Vendor ids. */
                    vendor?: string;
                    /** @description Models. */
                    model?: string;
                    /** @description `app`, `gateway`, `collector`, `otlp`. */
                    source?: string;
                    /** @description People, as applications name them. */
                    user?: string;
                    /** @description Teams. */
                    team?: string;
                    /** @description Applications. */
                    app?: string;
                    /** @description Conversations. */
                    conversation_id?: string;
                    /** @description Worst severity: `info`, `low`, `medium`, `high`, `critical`, or `none` where nothing was found. */
                    severity?: string;
                    /** @description Detectors that found something. */
                    detector?: string;
                    /** @description Fingerprints of found values. */
                    fingerprint?: string;
                    /** @description `allow`, `flag`, `redact`, `pseudonymise`, `block`, `route`, `justify`. */
                    action?: string;
                    /** @description `ok`, `error`, `truncated`, `blocked`. */
                    status?: string;
                    /** @description At least so many US dollars, as a decimal. */
                    min_cost?: string;
                    /** @description At least so many milliseconds. */
                    min_latency_ms?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Histogram"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One event, with its masked text and findings. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: components["schemas"]["EventId"];
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EventView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Liveness: 200 as long as the process serves. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Health"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The credentials, without their secrets. */
        get: {
            parameters: {
                query?: {
                    /** @description Of this vendor only. */
                    vendor?: string;
                    /** @description 1 to 500; 50 where nothing is asked. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KeyList"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Stores a credential, and asks the vendor what it may do. Whatever the answer, it is stored; `check` says it. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A repeat with the same key and body within an hour gets the first answer again */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["KeyForm"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KeyView"];
                    };
                };
                /** @description The body is not well-formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description This secret is stored already */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is of another type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One credential. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: components["schemas"]["CredentialId"];
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KeyView"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Destroys a credential's secrets; what was collected with it stays. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: components["schemas"]["CredentialId"];
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Deleted */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Changes a credential; what is absent stays. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: components["schemas"]["CredentialId"];
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["KeyChanges"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KeyView"];
                    };
                };
                /** @description The body is not well-formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is of another type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/keys/{id}/service-account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts a Google service account's JSON file in place of the one stored. It is checked field by field first. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: components["schemas"]["CredentialId"];
                };
                cookie?: never;
            };
            /** @description The file as Google gave it */
            requestBody: {
                content: {
                    "application/json": unknown;
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KeyView"];
                    };
                };
                /** @description The body is not well-formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is of another type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Which fields are wrong */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Destroys the service account's file; the credential stays and can do nothing until another is put in its place. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: components["schemas"]["CredentialId"];
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Destroyed */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{id}/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks the vendor, by its cheapest calls, what a credential may do. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: components["schemas"]["CredentialId"];
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KeyView"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description It has no usable secret */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prometheus text. Open on loopback, else the scope `metrics`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/openmetrics-text": string;
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/otlp/v1/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes in log records: those that hold what was said in a call become events. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description ExportLogsServiceRequest */
            requestBody: {
                content: {
                    "application/json": Record<string, never>;
                    "application/x-protobuf": components["schemas"]["Protobuf"];
                };
            };
            responses: {
                /** @description ExportLogsServiceResponse; `partialSuccess` says what was not kept and why */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-protobuf": components["schemas"]["Protobuf"];
                        "application/json": Record<string, never>;
                    };
                };
                /** @description google.rpc.Status: the body cannot be read */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-protobuf": components["schemas"]["Protobuf"];
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-protobuf": components["schemas"]["Protobuf"];
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-protobuf": components["schemas"]["Protobuf"];
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-protobuf": components["schemas"]["Protobuf"];
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-protobuf": components["schemas"]["Protobuf"];
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Nothing was kept; send it again after `Retry-After` */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-protobuf": components["schemas"]["Protobuf"];
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Nothing was kept; send it again after `Retry-After` */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-protobuf": components["schemas"]["Protobuf"];
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/otlp/v1/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes in spans: those that are calls to models become events, once each, by trace id and span id. What is answered
         *     200 and not counted in `partialSuccess` is durable.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description ExportTraceServiceRequest */
            requestBody: {
                content: {
                    "application/json": Record<string, never>;
                    "application/x-protobuf": components["schemas"]["Protobuf"];
                };
            };
            responses: {
                /** @description ExportTraceServiceResponse; `partialSuccess` says what was not kept and why */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-protobuf": components["schemas"]["Protobuf"];
                        "application/json": Record<string, never>;
                    };
                };
                /** @description google.rpc.Status: the body cannot be read */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-protobuf": components["schemas"]["Protobuf"];
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-protobuf": components["schemas"]["Protobuf"];
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-protobuf": components["schemas"]["Protobuf"];
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-protobuf": components["schemas"]["Protobuf"];
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-protobuf": components["schemas"]["Protobuf"];
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Nothing was kept; send it again after `Retry-After` */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-protobuf": components["schemas"]["Protobuf"];
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Nothing was kept; send it again after `Retry-After` */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-protobuf": components["schemas"]["Protobuf"];
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pipeline/ingest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes in events: one object, an array, or one object a line (`application/x-ndjson`); each in our own shape or as
         *     a vendor's raw request and response (`"format": "openai.chat"`). What is answered `stored` is durable.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Makes a repeat of the whole request harmless */
                    "Idempotency-Key"?: string | null;
                };
                path?: never;
                cookie?: never;
            };
            /** @description Events */
            requestBody: {
                content: {
                    "application/json": Record<string, never>;
                    "application/x-ndjson": string;
                };
            };
            responses: {
                /** @description Every item is durable */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IngestAnswer"];
                    };
                };
                /** @description Some items were not accepted */
                207: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IngestAnswer"];
                    };
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No item was accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IngestAnswer"];
                    };
                };
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pipeline/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Depth, rates, lag and rejections. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PipelineStatus"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The price book: which lists and contracts are in force. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BookView"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/prices/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Sets what other currencies are worth, each from a day on. What is reported in a currency without a rate is shown in
         *     it, and left out of sums in dollars.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RateList"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RateList"];
                    };
                };
                /** @description The body is not well-formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Somebody else changed them meanwhile */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is of another type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/prices/{vendor}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A vendor's list prices, and the contract that goes before them. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    vendor: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VendorBook"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /**
         * Sets the contract with a vendor. Taken up at once for the events that come from now on; those that came before keep
         *     the price they were given, which they name.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    vendor: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewContract"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ContractView"];
                    };
                };
                /** @description The body is not well-formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No such thing */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Somebody else changed it meanwhile */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is of another type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Readiness: 503 when a part it needs cannot be used. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Readiness"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A part cannot be used */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Readiness"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/breakers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The breakers of calls to the outside: one for each vendor, credential and host that was called. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BreakerList"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/destinations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this server calls by its credentials, for whoever keeps the firewall; as plain text with `Accept: text/plain`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DestinationList"];
                        "text/plain": string;
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions and sizes. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Versions"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/team": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The people with an account. */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 500; 50 where nothing is asked. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MemberList"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/team/invites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The invitations nobody has used yet. */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 500; 50 where nothing is asked. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InviteList"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Invites somebody. An earlier invitation of the same address that ran out is replaced. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A repeat with the same key and body within an hour gets the first answer again */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["InviteForm"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NewInvite"];
                    };
                };
                /** @description The body is not well-formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The address has an account or an open invitation */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is of another type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/team/invites/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraws an invitation: its link stops working. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: components["schemas"]["InviteId"];
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Withdrawn */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/team/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes somebody: their sessions end, what they did stays on record, and tokens they made stay. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: components["schemas"]["UserId"];
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Removed */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The last admin */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Changes somebody's role or name, or disables them. It holds within 5 s wherever they are signed in. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: components["schemas"]["UserId"];
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MemberChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Member"];
                    };
                };
                /** @description The body is not well-formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The last admin */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is of another type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tokens, expired ones included. */
        get: {
            parameters: {
                query?: {
                    /** @description 1 to 500; 50 where nothing is asked. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TokenList"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Makes a token. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A repeat with the same key and body within an hour gets the first answer again */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TokenForm"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NewToken"];
                    };
                };
                /** @description The body is not well-formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The name is taken */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is of another type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Deletes a token: it stops working within 5 s, here at once. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: components["schemas"]["TokenId"];
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Deleted */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ledger: what vendors reported, row by row, with every revision's last state. By credential, feed, then time. */
        get: {
            parameters: {
                query?: {
                    /** @description A named range that ends now; 24h where nothing is asked. */
                    range?: components["schemas"]["Range"];
                    /** @description First instant inside; needs `to`. */
                    from?: components["schemas"]["Timestamp"];
                    /** @description First instant after; needs `from`. */
                    to?: components["schemas"]["Timestamp"];
                    /** @description This vendor alone. */
                    vendor?: string;
                    /** @description This credential alone, by its id. */
                    key?: string;
                    /** @description This kind alone. */
                    kind?: "usage" | "cost" | "balance";
                    /** @description 1 to 500; 50 where nothing is asked. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UsageList"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/usage/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Billed against seen, by day: what was billed and never seen here, what was seen and not billed, and what differs in
         *     price; each with its cause, how sure that is, and why. The largest gaps first.
         */
        get: {
            parameters: {
                query?: {
                    /** @description A named range that ends now; 24h where nothing is asked. */
                    range?: components["schemas"]["Range"];
                    /** @description First instant inside; needs `to`. */
                    from?: components["schemas"]["Timestamp"];
                    /** @description First instant after; needs `from`. */
                    to?: components["schemas"]["Timestamp"];
                    /** @description What a line is about, beside its day; vendors where nothing is asked. */
                    group?: "vendor" | "model" | "key";
                    /** @description This vendor alone. */
                    vendor?: string;
                    /** @description This cause alone. */
                    cause?: "bypass" | "unknown_key" | "not_priced" | "late_bucket" | "price_differs" | "rounding" | "discount" | "agrees";
                    /** @description Lines listed, 1 to 500; 100 where nothing is asked. Totals are of all lines. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Reconciliation"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/vault": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The vault's keys by name, its self-test, and how far a rotation has come. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VaultView"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/vault/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a new key and re-encrypts everything under it, with no downtime; the older keys are retired last. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Begun; GET /vault shows the progress */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VaultView"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A rotation is under way, or the chain is full */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/vendors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The vendors there are, with the forms that connect them. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VendorList"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Makes a vendor of one's own. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A repeat with the same key and body within an hour gets the first answer again */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["VendorForm"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VendorView"];
                    };
                };
                /** @description The body is not well-formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description There is one of this name */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The body is of another type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/vendors/analytics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Vendors or models side by side: speed, errors, tokens, spend, findings, and their course. */
        get: {
            parameters: {
                query?: {
                    /** @description A named range that ends now; 24h where nothing is asked. */
                    range?: components["schemas"]["Range"];
                    /** @description First instant inside; needs `to`. */
                    from?: components["schemas"]["Timestamp"];
                    /** @description First instant after; needs `from`. */
                    to?: components["schemas"]["Timestamp"];
                    /** @description What a row is about; vendors where nothing is asked. */
                    group?: "vendor" | "model";
                    /** @description Rows listed, 1 to 50; 20 where nothing is asked. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Analytics"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/vendors/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people did at the vendors, by the vendors' own audit logs, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description A named range that ends now; 24h where nothing is asked. */
                    range?: components["schemas"]["Range"];
                    /** @description First instant inside; needs `to`. */
                    from?: components["schemas"]["Timestamp"];
                    /** @description First instant after; needs `from`. */
                    to?: components["schemas"]["Timestamp"];
                    /** @description Vendor ids. */
                    vendor?: string;
                    /** @description Ids of the credentials that acts came by. */
                    key?: string;
                    /** @description Vendors' names of acts, or their beginnings, such as `api_key`. */
                    kind?: string;
                    /** @description People, as vendors name them. */
                    user?: string;
                    /** @description 1 to 500; 50 where nothing is asked. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ActList"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/vendors/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is seen of each vendor, and what not, with a sentence why. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VendorMap"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/vendors/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One vendor. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VendorView"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Deletes a vendor of one's own. What was collected from it stays. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Deleted */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description It is not one's own, or has credentials */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/vendors/{id}/inventory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a vendor lists: models, keys or members, as of the last whole reading. */
        get: {
            parameters: {
                query: {
                    /** @description Which of them. */
                    kind: "models" | "keys" | "members";
                    /** @description 1 to 500; 50 where nothing is asked. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InventoryList"];
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The credential is not enough */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ws/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The live stream: a web socket. Messages are described in the guide. */
        get: {
            parameters: {
                query?: {
                    /** @description A ticket from /ws/ticket; not needed with a cookie */
                    token?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Switched to a web socket */
                101: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description A field has a value that is not accepted */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                426: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ws/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a ticket that opens one web socket within 30 s, so that no long-lived secret stands in an address. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Ticket"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description The store cannot be used now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description One kind of thing to be had from a vendor.
         * @enum {string}
         */
        Ability: "inference" | "models" | "usage" | "cost" | "balance" | "keys" | "members" | "audit" | "content";
        /** @description Prices of longer calls. */
        AboveView: {
            /**
             * Format: int64
             * @description The whole call costs this once it has more input tokens.
             */
            above_input_tokens: number;
            /** @description The prices. */
            prices: components["schemas"]["RatesView"];
        };
        /** @description An act at a vendor. */
        ActItem: {
            /** @description From which address; to admins whole, to others its beginning. */
            address: string | null;
            /** @description When it happened. */
            at: components["schemas"]["Timestamp"];
            /** @description Made by the demo. */
            demo: boolean;
            /** @description The vendor's. */
            external_id: string;
            /**
             * Format: uuid
             * @description Ours.
             */
            id: string;
            /** @description The credential it came by. */
            key: components["schemas"]["CredentialId"];
            /** @description The vendor's name for the act. */
            kind: string;
            /** @description On what. */
            object: string | null;
            /** @description The vendor's record, masked; none where it was too large to keep. */
            raw: Record<string, never> | null;
            /** @description When we got it. */
            received_at: components["schemas"]["Timestamp"];
            subject_id: components["schemas"]["SubjectId"] | null;
            /** @description Who, as the vendor names them; none when unknown or erased. */
            user: string | null;
            /** @description Vendor id. */
            vendor: string;
        };
        /** @description Acts at vendors. */
        ActList: {
            from: components["schemas"]["Timestamp"];
            /** @description Newest first. */
            items: components["schemas"]["ActItem"][];
            /** @description Where to go on; a page may be short while this is set. */
            next_cursor: string | null;
            to: components["schemas"]["Timestamp"];
        };
        /**
         * @description What policy did. Closed list.
         * @enum {string}
         */
        Action: "allow" | "flag" | "redact" | "pseudonymise" | "block" | "route" | "justify";
        /** @description Who did it. */
        Actor: {
            /** @description E-mail address at the time. */
            email: string;
            /** @description User id. */
            id: string;
            /** @enum {string} */
            kind: "user";
        } | {
            /** @description Token id. */
            id: string;
            /** @enum {string} */
            kind: "token";
            /** @description Its name at the time. */
            name: string;
        } | {
            /** @enum {string} */
            kind: "operator";
            /** @description The operating system's user name. */
            name: string;
        } | {
            /** @enum {string} */
            kind: "system";
        } | {
            /** @enum {string} */
            kind: "anonymous";
        };
        /** @description Vendors or models, those with the most events first. */
        Analytics: {
            /** @description When this was read. */
            as_of: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description Width of a bucket.
             */
            bucket_seconds: number;
            /** @description Where each bucket starts. */
            buckets: components["schemas"]["Timestamp"][];
            /** @description First instant of the window. */
            from: components["schemas"]["Timestamp"];
            /** @description What a row is about. */
            group: components["schemas"]["AnalyticsGroup"];
            /** @description The rows. */
            items: components["schemas"]["AnalyticsRow"][];
            /** @description Rows that are not listed. */
            left_off: number;
            /** @description First instant after. */
            to: components["schemas"]["Timestamp"];
        };
        /**
         * @description What a row is about.
         * @enum {string}
         */
        AnalyticsGroup: "vendor" | "model";
        /** @description A vendor or model. */
        AnalyticsRow: {
            /**
             * Format: double
             * @description Events that ended in an error or broke off, as a part of all, 0 to 1.
             */
            error_rate: number;
            /** @description Events, tokens and money of what was seen here; nothing here is from bills. */
            figures: components["schemas"]["FiguresView"];
            /**
             * Format: double
             * @description Findings in 1,000 events.
             */
            findings_per_1k: number;
            /** @description Whole durations. */
            latency_ms: components["schemas"]["Percentiles"];
            /** @description Model, where rows are about models. */
            model: string | null;
            /** @description True: it stands for those that were not kept apart. */
            other: boolean;
            /** @description The course. */
            trend: components["schemas"]["AnalyticsTrend"];
            /** @description Times to the first token. */
            ttft_ms: components["schemas"]["Percentiles"];
            /** @description Vendor id; none for what stands for several. */
            vendor: string | null;
        };
        /** @description A course by bucket. */
        AnalyticsTrend: {
            /** @description Events that ended in an error or broke off. */
            errors: number[];
            /** @description Events. */
            events: number[];
            /** @description 95th percentile of whole durations, in ms. */
            latency_p95_ms: (number | null)[];
            /** @description Tokens in and out. */
            tokens: number[];
            /** @description 95th percentile of the time to the first token, in ms. */
            ttft_p95_ms: (number | null)[];
        };
        /** @description The run that was asked for. */
        Asked: {
            run: components["schemas"]["RunView"];
        };
        /** @description A recorded act. */
        AuditItem: {
            /** @description Such as `user.role_changed`. */
            action: string;
            actor: components["schemas"]["Actor"];
            address: string | null;
            /** @description SHA-256 of the object after. */
            after: string | null;
            at: components["schemas"]["Timestamp"];
            /** @description SHA-256 of the object before. */
            before: string | null;
            details: Record<string, never>;
            /** @description SHA-256 of this record as stored: what the next one names as `prev`. */
            hash: string;
            /** Format: uuid */
            id: string;
            /** @description Such as `user:0190…`. */
            object: string | null;
            /** @description SHA-256 of the record before. */
            prev: string;
            request_id: string | null;
            /**
             * Format: int64
             * @description Its place in the chain, from 1.
             */
            seq: number;
            user_agent: string | null;
        };
        /** @description Recorded acts. */
        AuditList: {
            from: components["schemas"]["Timestamp"];
            /** @description Newest first. */
            items: components["schemas"]["AuditItem"][];
            /** @description Where to go on; a page may be short while this is set. */
            next_cursor: string | null;
            to: components["schemas"]["Timestamp"];
        };
        /** @description Whether the chain is whole. */
        AuditVerdict: {
            first_break: components["schemas"]["ChainBreak"] | null;
            head: components["schemas"]["ChainHead"] | null;
            /** @description True when every record follows the one before it. */
            ok: boolean;
            /**
             * Format: int64
             * @description Records that do.
             */
            records: number;
            /**
             * Format: int64
             * @description How long the check took.
             */
            took_ms: number;
        };
        /** @description What the log-in page needs to know. */
        AuthState: {
            /** @description This is a demo. */
            demo: boolean;
            /** @description Cookies and passwords travel unprotected, by the operator's choice: say so. */
            insecure_http: boolean;
            /** @description Who may make an account. */
            registration: components["schemas"]["Registration"];
            /** @description Nobody has an account yet: use the link printed at start. */
            setup_required: boolean;
            /** @description Of the program. */
            version: string;
        };
        BTreeMap: {
            [key: string]: string;
        };
        /** @description The price book. */
        BookView: {
            /** @description Every vendor. */
            items: components["schemas"]["VendorPrices"][];
            /** @description The list that holds now. */
            list: components["schemas"]["ListView"];
            /** @description Always none: the list is short. */
            next_cursor: string | null;
            /** @description What currencies are worth, as the operator says. */
            rates: components["schemas"]["CurrencyRate"][];
        };
        /** @description Whose calls a breaker guards. */
        BreakerKeyView: {
            id: components["schemas"]["CredentialId"];
            label: string;
        };
        /** @description Breakers. */
        BreakerList: {
            /** @description By vendor, credential and host. */
            items: components["schemas"]["BreakerView"][];
        };
        /** @description A breaker. */
        BreakerView: {
            /**
             * Format: int32
             * @description Failures in a row, while it is closed.
             */
            failures: number;
            host: string;
            key: components["schemas"]["BreakerKeyView"] | null;
            /**
             * Format: int64
             * @description When one call may try; null where calls pass.
             */
            retry_in_seconds: number | null;
            since: components["schemas"]["Timestamp"] | null;
            /** @description `closed`: calls pass; `open`: none; `half_open`: one tries. */
            state: string;
            vendor: string;
        };
        /** @description Events of one action. */
        ByAction: {
            /** @description What was decided. */
            action: string;
            /**
             * Format: int64
             * @description Events.
             */
            events: number;
        };
        /** @description Findings of one detector. */
        ByDetector: {
            /** @description By vendor. */
            by_vendor: components["schemas"]["Cell"][];
            /** @description Its id. */
            detector: string;
            /**
             * Format: int64
             * @description Findings.
             */
            findings: number;
        };
        /** @description Events of one severity. */
        BySeverity: {
            /**
             * Format: int64
             * @description Events.
             */
            events: number;
            /** @description `none` where nothing was found. */
            severity: string;
        };
        /**
         * @description The kind of data a detector looks for.
         * @enum {string}
         */
        Category: "personal" | "health" | "payment" | "secret" | "attack";
        /**
         * @description Why two figures are as they are.
         * @enum {string}
         */
        Cause: "bypass" | "unknown_key" | "not_priced" | "late_bucket" | "price_differs" | "rounding" | "discount" | "agrees";
        /** @description Lines of one cause together. */
        CauseTotal: {
            /** @description The cause. */
            cause: components["schemas"]["Cause"];
            /** @description The gaps of the others, by the price book. */
            expected_gap_usd: string;
            /** @description Their gaps together, in US dollars, where there is a bill in dollars. */
            gap_usd: string;
            /** @description Lines. */
            lines: number;
        };
        /** @description Findings of one detector to one vendor. */
        Cell: {
            /**
             * Format: int64
             * @description Findings.
             */
            count: number;
            /** @description The vendor. */
            vendor: string;
        };
        /** @description A broken place. */
        ChainBreak: {
            expected: string;
            found: string;
            /** @description In words. */
            reason: string;
            /** Format: int64 */
            seq: number;
        };
        /** @description The end of the chain. */
        ChainHead: {
            hash: string;
            /** Format: int64 */
            seq: number;
        };
        /** @description One part it needs. */
        Check: {
            /** @description What is wrong, for the operator. */
            detail: string | null;
            /** @description Which. */
            name: string;
            /** @description Usable now. */
            ok: boolean;
        };
        /** @description What a check found. */
        CheckView: {
            /** @description Each ability with the vendor's own answer. */
            abilities: components["schemas"]["Checked"][];
            at: components["schemas"]["Timestamp"];
            /** @description Why the check could not be finished; null where it was. */
            failed: string | null;
        };
        /** @description Whether a credential may do one thing. */
        Checked: {
            /** @description Which. */
            ability: components["schemas"]["Ability"];
            /** @description The vendor's answer, in words; empty where it simply let us in. */
            said: string;
            /** @description Whether it may. */
            standing: components["schemas"]["Standing"];
        };
        /**
         * @description Why a request was refused. Closed: clients may match on it.
         * @enum {string}
         */
        Code: "bad_request" | "validation_failed" | "unauthenticated" | "forbidden" | "bad_origin" | "not_found" | "method_not_allowed" | "conflict" | "gone" | "payload_too_large" | "unsupported_media_type" | "rate_limited" | "locked_out" | "busy" | "internal" | "unavailable";
        /**
         * @description A column of the map.
         * @enum {string}
         */
        Column: "usage" | "cost" | "audit" | "content" | "gateway";
        /** @description A reader of the log. */
        ConsumerView: {
            /**
             * Format: int64
             * @description Records it has yet to read.
             */
            lag: number;
            /**
             * Format: double
             * @description How long it has been behind.
             */
            lag_seconds: number;
            /** @description Which. */
            name: string;
            /**
             * Format: int32
             * @description Of which partition.
             */
            partition: number;
            /**
             * Format: int64
             * @description How far it has come.
             */
            position: number;
        };
        /** @description A price that was agreed upon. */
        ContractPrice: {
            /** @description For this model, as the vendor names it; none: for every model. */
            model?: string | null;
            /** @description What was agreed. */
            terms: components["schemas"]["Terms"];
            tier?: components["schemas"]["Tier"] | null;
            /** @description First instant it holds. */
            valid_from: components["schemas"]["Timestamp"];
            valid_to?: components["schemas"]["Timestamp"] | null;
        };
        /** @description The contract with a vendor. */
        ContractView: {
            /** @description The prices. */
            prices: components["schemas"]["ContractPrice"][];
            /**
             * Format: int64
             * @description How often it has changed; part of the id of a price.
             */
            revision: number;
            /** @description Vendor id. */
            vendor: string;
        };
        /** @description A value of the dimension. */
        CostItem: {
            /**
             * Format: double
             * @description Its part of what is billed, 0 to 1.
             */
            billed_share: number | null;
            /** @description Its figures. */
            figures: components["schemas"]["FiguresView"];
            /** @description The value; none: what names none, such as a bill that does not say the team. */
            key: string | null;
            /** @description True: `key` is no value. It stands for the values that are not listed. */
            other: boolean;
            /**
             * Format: double
             * @description Its part of what was seen here, stated and observed, 0 to 1.
             */
            seen_share: number | null;
            /** @description The vendor, where the value is one of a vendor's. */
            vendor: string | null;
        };
        /** @description A line of the course, each figure by day. */
        CostLine: {
            /** @description Billed, in US dollars. */
            billed_usd: string[];
            /** @description As in an item. */
            key: string | null;
            /** @description Tokens without a price. */
            not_priced_tokens: number[];
            /** @description By the price book. */
            observed_usd: string[];
            /** @description As in an item. */
            other: boolean;
            /** @description Stated in answers. */
            stated_usd: string[];
            /** @description Tokens in and out. */
            tokens: number[];
            /** @description As in an item. */
            vendor: string | null;
        };
        /** @description What security cost this event, in microseconds. */
        CostMicros: {
            /**
             * Format: int32
             * @description Waiting for the log; known only after the event is stored, hence 0 in the stored form.
             */
            log: number;
            /**
             * Format: int32
             * @description In the policy.
             */
            policy: number;
            /**
             * Format: int32
             * @description In the engine.
             */
            scan: number;
        };
        /** @description The course by day. */
        CostSeries: {
            /** @description Where each day starts. */
            buckets: components["schemas"]["Timestamp"][];
            /** @description False: the last day is not over. */
            complete: boolean;
            /** @description At most seven values, and what is left. */
            lines: components["schemas"]["CostLine"][];
        };
        /** @description What was spent. */
        CostSummary: {
            /** @description When this was read. */
            as_of: components["schemas"]["Timestamp"];
            /** @description What it is told apart by. */
            by: components["schemas"]["SpendBy"];
            /** @description Billed in currencies without a rate: in no sum above. */
            foreign: components["schemas"]["ForeignView"][];
            /** @description First instant: the window is widened to whole days in UTC. */
            from: components["schemas"]["Timestamp"];
            /** @description The values with the most, and what is left. */
            items: components["schemas"]["CostItem"][];
            /** @description The course. */
            series: components["schemas"]["CostSeries"];
            /** @description First instant after. */
            to: components["schemas"]["Timestamp"];
            /** @description Everything. */
            totals: components["schemas"]["FiguresView"];
        };
        /** @description Money, as decimal strings of US dollars. The kinds are never mixed. */
        CostView: {
            /** @description By our price book. */
            observed_usd: string | null;
            /** @description The price used. */
            price_id: string | null;
            /** @description By the vendor's own word. */
            reported_usd: string | null;
        };
        /** @description A cell of the map. */
        CoverageCell: {
            ability: components["schemas"]["Column"];
            last_at: components["schemas"]["Timestamp"] | null;
            state: components["schemas"]["Sight"];
            /** @description One sentence. */
            why: string;
        };
        /** @description Feeds, day by day. */
        CoverageStrip: {
            /** @description The first day. */
            from: string;
            items: components["schemas"]["FeedStrip"][];
            /** @description The last day: today. */
            to: string;
        };
        /**
         * Format: uuid
         * @description What we show a vendor to be let in.
         */
        CredentialId: string;
        /**
         * @description An ISO 4217 code: three capital letters. Perplexity's credits and the like are no currency: they are quantities.
         * @example USD
         */
        Currency: string;
        /** @description What a currency is worth from a day on. */
        CurrencyRate: {
            /** @description Which. */
            currency: components["schemas"]["Currency"];
            /** @description US dollars for one unit. */
            usd_per_unit: components["schemas"]["Exact"];
            /** @description First instant it holds, up to the currency's next rate. */
            valid_from: components["schemas"]["Timestamp"];
        };
        /** @description A detector as an administrator describes it. */
        CustomDetector: {
            /** @description The kind of data. */
            category: components["schemas"]["Category"];
            /** @description Words one of which should stand near: with one a value is surer, without one it is kept for audit only. */
            context?: string[];
            /** @description What it finds. */
            description?: string;
            /** @description Values that are never reported; separators and case do not matter. */
            exclusions?: string[];
            /** @description 3 to 40 of `a-z`, `0-9` and `_`, not that of a built-in detector. */
            id: string;
            /** @description The name on screen. */
            name: string;
            /** @description A regular expression (RE2-like: no look-around, no back-references) for the whole value. */
            pattern: string;
            /** @description How bad a finding is. */
            severity: components["schemas"]["Severity"];
            validator?: components["schemas"]["Validator"] | null;
        };
        /** @description What makes a vendor one's own. */
        CustomView: {
            /** @description Where its pages are asked. */
            collector_url: string;
            created_at: components["schemas"]["Timestamp"];
            /** @description Where the fields stand in its answers, as JSON; null for our own shape. */
            mapping: string | null;
            /** @description Who answers for it. */
            owner: string;
            /** @description Others than the owner see it. */
            shared: boolean;
        };
        /** @description Names a data key without saying anything about it: 16 letters of hex. */
        DataKeyId: string;
        /** @description A data key, by name. */
        DataKeyView: {
            /** @description When it was made here, or brought in. */
            created_at: components["schemas"]["Timestamp"];
            /** @description Its name. */
            id: components["schemas"]["DataKeyId"];
            /** @description Brought in from another program. */
            imported: boolean;
            /** @description Seals what is stored from now on; the others only open. */
            primary: boolean;
        };
        /** @description A day that is left. */
        DayLeft: {
            /** @description Its first instant. */
            day: components["schemas"]["Timestamp"];
            /** @description What is expected, today's rest among it. */
            expected_usd: string;
        };
        /**
         * @description What is known about a day.
         * @enum {string}
         */
        DayState: "whole" | "revised" | "failed" | "missing" | "open";
        /** @description A day of a feed. */
        DayView: {
            /**
             * Format: int64
             * @description Rows it changed after the day had been read.
             */
            changed: number;
            /** @description As `2026-11-01`, in UTC. */
            day: string;
            /**
             * Format: int64
             * @description Rows the vendor states.
             */
            rows: number;
            run_id: components["schemas"]["RunId"] | null;
            /** @description What is known. */
            state: components["schemas"]["DayState"];
        };
        /** @description The decision about an event, with what made it. */
        Decision: {
            /** @description What was done. */
            action: components["schemas"]["Action"];
            /** @description What would have happened had the engine failed. */
            fail_mode: components["schemas"]["FailMode"];
            /** @description The rule that decided. */
            rule: string;
            /**
             * Format: int32
             * @description That rule's version.
             */
            version: number;
        };
        /** @description Places that may be called. */
        DestinationList: {
            /** @description By host. */
            items: components["schemas"]["DestinationView"][];
        };
        /** @description A place that may be called. */
        DestinationView: {
            host: string;
            /** Format: int32 */
            port: number;
            /** @description For whoever keeps the firewall. */
            why: string;
        };
        /** @description What to change about a detector. */
        DetectorChange: {
            /** @description Whether its findings flag events. */
            enabled?: boolean | null;
            /**
             * Format: double
             * @description From which confidence, 0.2 to 1. Read with all its digits, so that what lies a hair outside is refused.
             */
            threshold?: number | null;
        };
        /** @description The catalogue. */
        DetectorList: {
            cost: components["schemas"]["ScanCost"] | null;
            /** @description Every detector: the built-in ones, then those of the administrators. */
            items: components["schemas"]["DetectorView"][];
            /** @description Always none: the list is short. */
            next_cursor: string | null;
        };
        /** @description A detector. */
        DetectorView: {
            /** @description What kind of data. */
            category: components["schemas"]["Category"];
            custom: components["schemas"]["CustomDetector"] | null;
            /** @description What is done with an event it finds something in. */
            default_action: string;
            /** @description What it looks for, and how. */
            description: string;
            /** @description Off: findings are masked and kept, but flag nothing. */
            enabled: boolean;
            /** @description Texts it fires on, made up. */
            hits: string[];
            /**
             * Format: int64
             * @description Findings in the last seven days.
             */
            hits_7d: number;
            /** @description Its id. */
            id: string;
            /** @description Most bytes of plain text that are held back on its account where a text comes in pieces; 0: none are. */
            max_hold: number;
            /** @description Texts that look alike and on which it stays silent, made up. */
            misses: string[];
            /** @description Shown name. */
            name: string;
            quality: components["schemas"]["Quality"] | null;
            /** @description Rules it touches. */
            regulations: string[];
            /**
             * @description Whether a classifier of the operator's (`--injection-model`) judges what this detector suspects. What is
             *     measured above is the engine without it.
             */
            second_stage: boolean;
            /** @description How bad a finding is unless its value says otherwise. */
            severity: components["schemas"]["Severity"];
            /**
             * Format: float
             * @description Policy acts from this confidence up.
             */
            threshold: number;
        };
        /** @description The vendor's names for what a row is about. A dimension the vendor did not split by is absent, never empty. */
        Dimensions: {
            /**
             * @description API key, by the vendor's id.
             * @default null
             */
            api_key: string | null;
            /**
             * @description What was bought: `completions`, a SKU, a line of the bill.
             * @default null
             */
            item: string | null;
            /**
             * @description Model as the vendor writes it.
             * @default null
             */
            model: string | null;
            /**
             * @description What only this vendor has, by its own name.
             * @default {}
             */
            other: {
                [key: string]: string;
            };
            /**
             * @description Project, workspace, resource or resource group.
             * @default null
             */
            project: string | null;
            /**
             * @description Where it was processed.
             * @default null
             */
            region: string | null;
            /**
             * @description Standard, batch, priority…
             * @default null
             */
            tier: string | null;
            /**
             * @description Person or account, by the vendor's id.
             * @default null
             */
            user: string | null;
        };
        /**
         * @description Which way a part travelled.
         * @enum {string}
         */
        Direction: "prompt" | "response";
        /** @description The body of every error, for the OpenAPI document. */
        ErrorBody: {
            /** @description What went wrong. */
            error: components["schemas"]["ErrorObject"];
        };
        /** @description What went wrong. */
        ErrorObject: {
            /** @description Why, from a closed list. */
            code: components["schemas"]["Code"];
            /** @description For a program. */
            details: Record<string, never> | null;
            /** @description For a person. */
            message: string;
            /** @description Quote it when asking for help. */
            request_id: string | null;
        };
        /**
         * Format: uuid
         * @description One stored AI interaction.
         */
        EventId: string;
        /** @description A page of events, newest first. */
        EventList: {
            /** @description Index entries looked at. */
            examined: number;
            /** @description First instant of the window. */
            from: components["schemas"]["Timestamp"];
            /** @description The events; a page may be short while `next_cursor` is set, because a page's work is bounded. */
            items: components["schemas"]["EventRow"][];
            /** @description Where to go on; none at the end. */
            next_cursor: string | null;
            /** @description First instant after. */
            to: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description Matching events in the window, with `count=true`.
             */
            total: number | null;
            /** @description False: `total` is an upper bound. */
            total_exact: boolean | null;
        };
        /** @description An event in a list. */
        EventRow: {
            /** @description What was decided. */
            action: components["schemas"]["Action"];
            /** @description Application. */
            app: string | null;
            /** @description Conversation. */
            conversation_id: string | null;
            /** @description Money. */
            cost: components["schemas"]["CostView"];
            /** @description Made by the demo. */
            demo: boolean;
            /** @description Which detectors found something. */
            detectors: string[];
            /** @description The caller's. */
            external_id: string | null;
            /** @description How many findings. */
            findings_count: number;
            /** @description Ours. */
            id: components["schemas"]["EventId"];
            /**
             * Format: float
             * @description How likely it attacks a model, 0 to 1.
             */
            injection: number;
            /**
             * Format: int32
             * @description Whole duration.
             */
            latency_ms: number | null;
            /** @description Model. */
            model: string;
            /** @description When it happened. */
            occurred_at: components["schemas"]["Timestamp"];
            /**
             * Format: int32
             * @description Partition of the log.
             */
            partition: number;
            /** @description The worst finding with the words round it, or the beginning of what was said last, masked. */
            preview: string;
            /** @description When we got it. */
            received_at: components["schemas"]["Timestamp"];
            /** @description Region. */
            region: string | null;
            /**
             * Format: int64
             * @description Place in it.
             */
            seq: number;
            severity: components["schemas"]["Severity"] | null;
            /** @description How we came to know of it. */
            source: components["schemas"]["Source"];
            /** @description How it ended. */
            status: components["schemas"]["Status"];
            subject_id: components["schemas"]["SubjectId"] | null;
            /** @description Team. */
            team: string | null;
            /**
             * Format: int32
             * @description Time to first token.
             */
            ttft_ms: number | null;
            /**
             * Format: int64
             * @description Bytes nobody could look at.
             */
            uninspected_bytes: number;
            usage: components["schemas"]["Usage"] | null;
            /** @description Who, as the application named them; none when unknown or erased. */
            user: string | null;
            /** @description Vendor id. */
            vendor: string;
        };
        /** @description An event, whole. */
        EventView: components["schemas"]["EventRow"] & {
            /** @description What security cost, in microseconds. */
            cost_us: components["schemas"]["CostMicros"];
            /** @description What was decided, and by what. */
            decision: components["schemas"]["Decision"];
            /** @description What was found. */
            findings: components["schemas"]["FindingView"][];
            /** @description Free labels. */
            labels: components["schemas"]["BTreeMap"];
            /** @description What was said, as kept: masked. */
            parts: components["schemas"]["KeptPart"][];
            /** @description The request that brought it. */
            request_id: string | null;
            /**
             * Format: int32
             * @description Version of the stored form.
             */
            schema: number;
        };
        /**
         * @description An exact decimal number: as a string in JSON, with the digits it came with.
         * @example 1.2378912
         */
        Exact: string;
        /** @description A value and how many events have it. */
        FacetValue: {
            /**
             * Format: int64
             * @description Events.
             */
            count: number;
            /** @description The value. */
            value: string;
        };
        /** @description Counts per value. */
        Facets: {
            /** @description False: only the newest `examined` matching events were counted. */
            exact: boolean;
            /** @description Events counted one by one; 0 where the rollups had the answer. */
            examined: number;
            /** @description By field; at most fifty values each, most frequent first. */
            fields: {
                [key: string]: components["schemas"]["FacetValue"][];
            };
            /** @description First instant of the window. */
            from: components["schemas"]["Timestamp"];
            /**
             * @description By field: events of values that were not kept apart, because there were too many. Where a field stands here, its
             *     counts are lower bounds.
             */
            other: {
                [key: string]: number;
            };
            /** @description First instant after. */
            to: components["schemas"]["Timestamp"];
        };
        /**
         * @description What happens to a call when the engine itself fails.
         * @enum {string}
         */
        FailMode: "open" | "closed";
        /** @description A feed of a run. */
        FeedRun: {
            /** @description Why it stopped, and what to do. */
            error: string | null;
            /** @description Which. */
            feed: components["schemas"]["Ability"];
            from: components["schemas"]["Timestamp"] | null;
            /**
             * Format: int64
             * @description Places known to be left; each may lead to more.
             */
            left: number;
            /** @description What a person should know about what was read. */
            notes: string[];
            /**
             * Format: int64
             * @description Pages read.
             */
            pages: number;
            /** @description True when a later run goes on where this one stopped. */
            resumes: boolean;
            /**
             * Format: int64
             * @description Attempts beyond a page's first.
             */
            retries: number;
            /** @description What became of the rows. */
            rows: components["schemas"]["RowCounts"];
            /** @description Where it is. */
            state: components["schemas"]["FeedRunState"];
            to: components["schemas"]["Timestamp"] | null;
        };
        /**
         * @description Where a feed of a run is.
         * @enum {string}
         */
        FeedRunState: "waiting" | "running" | "whole" | "stopped";
        /** @description A feed, day by day. */
        FeedStrip: {
            days: components["schemas"]["DayView"][];
            /** @description Why the last reading stopped, and what to do. */
            error: string | null;
            feed: components["schemas"]["Ability"];
            fresh_at: components["schemas"]["Timestamp"] | null;
            key: components["schemas"]["KeyName"];
        };
        /**
         * @description How a field is entered.
         * @enum {string}
         */
        FieldKind: "text" | "choice" | "json_file";
        /** @description A field of the form. */
        FieldView: {
            /** @description For `choice`. */
            choices: string[];
            /** @description No real value. */
            example: string;
            /** @description Where a person finds it. */
            find: string;
            /** @description What it is for. */
            help: string;
            /** @description For `json_file`: fields it must have. */
            json_fields: string[];
            label: string;
            name: string;
            /** @description A regular expression over the whole value. */
            pattern: string | null;
            required: boolean;
            /** @description Sealed, never shown again. */
            secret: boolean;
            type: components["schemas"]["FieldKind"];
        };
        /** @description Money and tokens. Amounts are decimal strings of US dollars. */
        FiguresView: {
            /**
             * Format: int64
             * @description Events seen here.
             */
            events: number;
            /** @description Neither. */
            not_priced: components["schemas"]["NotPricedView"];
            /** @description By the price book: calls whose vendor stated nothing. */
            observed_usd: string;
            /** @description What vendors said. */
            reported: components["schemas"]["ReportedView"];
            /** @description Tokens seen here. */
            tokens: components["schemas"]["TokensView"];
            /** @description What 1,000,000 tokens seen here cost, stated and observed, of the tokens that have a price; none without any. */
            usd_per_million_tokens: string | null;
        };
        /** @description A finding. */
        FindingView: {
            /** @description What kind of data. */
            category: components["schemas"]["Category"];
            /**
             * Format: float
             * @description 0 to 1.
             */
            confidence: number;
            /** @description The detector's id. */
            detector: string;
            /**
             * Format: int32
             * @description End there.
             */
            end: number;
            /** @description Keyed fingerprint: the same value has the same one. */
            fingerprint: string;
            /** @description Unique within its event. */
            id: string;
            /**
             * Format: int32
             * @description End there.
             */
            kept_end: number;
            /**
             * Format: int32
             * @description UTF-8 bytes of the kept part.
             */
            kept_start: number;
            /** @description A documented test value. */
            known_test: boolean;
            /**
             * Format: int32
             * @description Index into `parts`.
             */
            part: number;
            /** @description Why it fired. */
            reasons: string[];
            /** @description The value made unrecognisable. */
            sample: string;
            /** @description How bad. */
            severity: components["schemas"]["Severity"];
            /**
             * Format: int32
             * @description UTF-8 bytes of the original part.
             */
            start: number;
            /** @description Rules it touches. */
            tags: string[];
        };
        /** @description A keyed hash of a secret, in hex: tells whether two are the same without telling what they are. */
        Fingerprint: string;
        /**
         * @description Which figure is forecast.
         * @enum {string}
         */
        ForecastBasis: "billed" | "seen";
        /** @description What is expected at the month's end. */
        ForecastView: {
            /** @description Whole days it is made from. */
            days_used: number;
            /** @description What is expected. */
            expected_usd: string;
            /** @description Likely at most so much. */
            high_usd: string;
            /** @description The days that are left, today first. */
            left: components["schemas"]["DayLeft"][];
            /** @description Likely at least so much. */
            low_usd: string;
        };
        /** @description Money in a currency without a rate: shown as it is, in no sum of dollars. */
        ForeignView: {
            /** @description How much, in its own units. */
            amount: components["schemas"]["Exact"];
            /** @description The currency. */
            currency: components["schemas"]["Currency"];
            /** @description Why it is not in the sums. */
            reason: string;
        };
        /** @description The process serves. */
        Health: {
            /** @description `ok`. */
            status: string;
            /** @description Of the program. */
            version: string;
        };
        /** @description Events over time. */
        Histogram: {
            /**
             * Format: int64
             * @description Width of a bucket.
             */
            bucket_seconds: number;
            /** @description Where each bucket starts. */
            buckets: components["schemas"]["Timestamp"][];
            /** @description What the lines stand for: `action`, or the one field that was filtered by. */
            by: string;
            covered_from: components["schemas"]["Timestamp"] | null;
            /** @description False: buckets that start before `covered_from` are not known. */
            exact: boolean;
            /** @description First instant of the window. */
            from: components["schemas"]["Timestamp"];
            /** @description The lines. */
            series: components["schemas"]["Line"][];
            /** @description First instant after. */
            to: components["schemas"]["Timestamp"];
        };
        /** @description A host that is called. */
        HostView: {
            /** @description The vendor's own address; may hold `{field}` of the credential. */
            base_url: string;
            /** @description As `base_urls` of a credential names it. */
            name: string;
            /** @description Why it is called. */
            purpose: string;
        };
        /** @description What became of a request's items. */
        IngestAnswer: {
            /** @description How many were already. */
            duplicates: number;
            /** @description In the order they were sent. */
            items: components["schemas"]["ItemResult"][];
            /** @description How many were not accepted. */
            rejected: number;
            /** @description How many are durable now. */
            stored: number;
        };
        /** @description A part of a vendor's list. */
        InventoryList: {
            as_of: components["schemas"]["Timestamp"] | null;
            /** @description As the vendor states them, each with the credential that sees it under `credential`. */
            items: unknown[];
            /** @description Where to go on. */
            next_cursor: string | null;
        };
        /** @description Whom to invite. */
        InviteForm: {
            /** @description Their address. */
            email: string;
            /** @description What they will be able to do. */
            role: components["schemas"]["Role"];
        };
        /**
         * Format: uuid
         * @description A pending invitation.
         */
        InviteId: string;
        /** @description An open invitation. */
        InviteItem: {
            created_at: components["schemas"]["Timestamp"];
            /** @description Who invited: an address, or a token's or operator's name. */
            created_by: string;
            email: string;
            expires_at: components["schemas"]["Timestamp"];
            id: components["schemas"]["InviteId"];
            role: components["schemas"]["Role"];
        };
        /** @description Open invitations. */
        InviteList: {
            /** @description Oldest first. */
            items: components["schemas"]["InviteItem"][];
            /** @description Where to go on. */
            next_cursor: string | null;
        };
        /** @description Why an item was not stored. */
        ItemError: {
            /** @description From the closed list. */
            code: components["schemas"]["Code"];
            /** @description For a program. */
            details: Record<string, never> | null;
            /** @description For a person. */
            message: string;
        };
        /** @description What became of one item. */
        ItemResult: {
            error: components["schemas"]["ItemError"] | null;
            id: components["schemas"]["EventId"] | null;
            /** @description Its place in the request. */
            index: number;
            /** @description What became of it. */
            status: components["schemas"]["ItemStatus"];
        };
        /**
         * @description What became of one item.
         * @enum {string}
         */
        ItemStatus: "stored" | "duplicate" | "rejected";
        /** @description A part as kept: masked. */
        KeptPart: {
            /** @description Which way it travelled. */
            direction: components["schemas"]["Direction"];
            /** @description The vendor's name for the speaker. */
            role: string;
            /** @description Masked text. */
            text: string;
        };
        /** @description What to change. */
        KeyChanges: {
            /** @description Other addresses. Secrets are not sent to another address than they were given for: give them again. */
            base_urls?: {
                [key: string]: string;
            } | null;
            /** @description Fields to replace, by name; an empty text takes one away. */
            fields?: {
                [key: string]: string;
            };
            /** @description Another name. */
            label?: string | null;
        };
        /** @description A credential to store. */
        KeyForm: {
            /** @description Addresses in place of the vendor's own, by host. */
            base_urls?: {
                [key: string]: string;
            };
            /** @description The form's fields by name, secret ones among them; a JSON file as its text. */
            fields?: {
                [key: string]: string;
            };
            /** @description Of which kind, where the vendor has several. */
            kind?: string | null;
            /** @description What people call it. */
            label: string;
            /** @description Which vendor's. */
            vendor: string;
        };
        /** @description Credentials. */
        KeyList: {
            /** @description Oldest first. */
            items: components["schemas"]["KeyView"][];
            /** @description Where to go on. */
            next_cursor: string | null;
        };
        /** @description A credential, as runs name it. */
        KeyName: {
            id: components["schemas"]["CredentialId"];
            label: string;
            vendor: string;
        };
        /**
         * @description What the vendor says of a credential.
         * @enum {string}
         */
        KeyStatus: "valid" | "invalid" | "unchecked";
        /** @description A credential, without its secrets. */
        KeyView: {
            /** @description Addresses in place of the vendor's own, by host. */
            base_urls: {
                [key: string]: string;
            };
            check: components["schemas"]["CheckView"] | null;
            created_at: components["schemas"]["Timestamp"];
            demo: boolean;
            /** @description Fields that may be shown. */
            fields: {
                [key: string]: string;
            };
            fingerprint: components["schemas"]["Fingerprint"] | null;
            id: components["schemas"]["CredentialId"];
            kind: string;
            label: string;
            /** @description The last four characters of the secret, where it is long enough to show them. */
            last4: string | null;
            last_used_at: components["schemas"]["Timestamp"] | null;
            /** @description Who answers for it: an address, or an operator's name. */
            owner: string;
            /** @description Secret fields that are stored, by name. */
            secrets: string[];
            /** @description `valid`, `invalid` or `unchecked`, by the vendor's last word. */
            status: components["schemas"]["KeyStatus"];
            vendor: string;
        };
        /** @description A kind of credential. */
        KindView: {
            /** @description What it can do at best. */
            abilities: components["schemas"]["Ability"][];
            /** @description The form. */
            auth_fields: components["schemas"]["FieldView"][];
            id: string;
            name: string;
            /** @description What to do at the vendor to get one, and which permission to grant. */
            steps: string[];
        };
        /** @description A figure with the one of the window before and its course. */
        Kpi: {
            /**
             * Format: int64
             * @description In the equally long window before.
             */
            previous: number;
            /** @description By bucket. */
            spark: number[];
            /**
             * Format: int64
             * @description In the window.
             */
            value: number;
        };
        /** @description The same for figures that may be unknown. */
        KpiMaybe: {
            /**
             * Format: int64
             * @description In the window before.
             */
            previous: number | null;
            /** @description By bucket. */
            spark: (number | null)[];
            /**
             * Format: int64
             * @description In the window.
             */
            value: number | null;
        };
        /** @description The figures at the top. */
        Kpis: {
            /** @description Events refused. */
            blocked: components["schemas"]["Kpi"];
            /** @description Events whose worst finding is critical. */
            critical: components["schemas"]["Kpi"];
            /** @description Events that ended in an error or broke off. */
            errors: components["schemas"]["Kpi"];
            /** @description Events. */
            events: components["schemas"]["Kpi"];
            /** @description Findings. */
            findings: components["schemas"]["Kpi"];
            /** @description Events whose action was not `allow`. */
            flagged: components["schemas"]["Kpi"];
            /** @description 95th percentile of whole durations, in ms. */
            latency_p95_ms: components["schemas"]["KpiMaybe"];
            /** @description 95th percentile of the engine's time, in µs. */
            scan_p95_us: components["schemas"]["KpiMaybe"];
            /** @description Tokens in and out. */
            tokens: components["schemas"]["Kpi"];
            /** @description Bytes nobody could look at. */
            uninspected_bytes: components["schemas"]["Kpi"];
        };
        /** @description How a rotation ended. */
        LastRotation: {
            /** @description When it ended. */
            ended_at: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description Records that do not open: while there are any, the older keys are kept.
             */
            failed: number;
            /**
             * Format: int64
             * @description Records re-encrypted.
             */
            moved: number;
            /** @description Keys retired. */
            retired: components["schemas"]["DataKeyId"][];
            /** @description When it began. */
            started_at: components["schemas"]["Timestamp"];
        };
        /**
         * @description What a row states.
         * @enum {string}
         */
        LedgerKind: "usage" | "cost" | "balance";
        /** @description What a row said. */
        LedgerStatement: {
            /** @description True where the vendor itself calls the figure an estimate. */
            estimate: boolean;
            money: components["schemas"]["Money"] | null;
            /** @description What was used. */
            quantities: components["schemas"]["Quantities"];
        };
        /** @description One line of a series. */
        Line: {
            /** @description Value of the dimension. */
            key: string;
            /** @description By bucket. */
            points: number[];
        };
        /** @description Where list prices are from. */
        ListView: {
            /** @description The day the list was taken over; it holds from then on, the first one before it, too. */
            as_of: string;
            /** @description Who collected it. */
            source: string;
            /** @description Its version. */
            version: string;
        };
        /** @description A log-in. */
        LoginForm: {
            /** @description The account's address. */
            email: string;
            /**
             * Format: password
             * @description Its password.
             */
            password: string;
        };
        /** @description Who the caller is. */
        Me: {
            /** @description What the caller may do, for showing and hiding controls; the routes decide by role and scope. */
            permissions: string[];
            session: components["schemas"]["MeSession"] | null;
            token: components["schemas"]["MeToken"] | null;
            user: components["schemas"]["MeUser"] | null;
        };
        /** @description A session. */
        MeSession: {
            /** @description When the password is asked for again. */
            expires_at: components["schemas"]["Timestamp"];
            id: components["schemas"]["SessionId"];
        };
        /** @description A token. */
        MeToken: {
            id: components["schemas"]["TokenId"];
            name: string;
            scopes: components["schemas"]["Scope"][];
        };
        /** @description A person. */
        MeUser: {
            created_at: components["schemas"]["Timestamp"];
            demo: boolean;
            email: string;
            id: components["schemas"]["UserId"];
            name: string;
            role: components["schemas"]["Role"];
        };
        /** @description Somebody with an account. */
        Member: {
            created_at: components["schemas"]["Timestamp"];
            demo: boolean;
            /** @description Can do nothing, and keeps their records. */
            disabled: boolean;
            email: string;
            id: components["schemas"]["UserId"];
            last_seen_at: components["schemas"]["Timestamp"] | null;
            name: string;
            role: components["schemas"]["Role"];
            /** @description Where the account comes from: `local`. */
            source: string;
        };
        /** @description What to change; what is left out stays. */
        MemberChange: {
            /** @description Whether they can act at all; disabling ends their sessions. */
            disabled?: boolean | null;
            /** @description Shown name. */
            name?: string | null;
            role?: components["schemas"]["Role"] | null;
        };
        /** @description People with an account. */
        MemberList: {
            /** @description Oldest account first. */
            items: components["schemas"]["Member"][];
            /** @description Where to go on. */
            next_cursor: string | null;
        };
        /** @description Lines by metric. */
        Metrics: {
            /** @description Events. */
            events: components["schemas"]["Line"][];
            /** @description Findings. */
            findings: components["schemas"]["Line"][];
            /** @description Tokens in and out. */
            tokens: components["schemas"]["Line"][];
        };
        /** @description A model in the list. */
        ModelPrices: {
            /** @description Longer calls. */
            above: components["schemas"]["AboveView"][];
            /** @description The day the vendor ends it, as the list says. */
            deprecated_on: string | null;
            /** @description What it is for: `chat`, `embedding`… */
            mode: string;
            /** @description As the vendor names it. */
            model: string;
            standard: components["schemas"]["RatesView"] | null;
            /** @description Other tiers. */
            tiers: components["schemas"]["TierView"][];
        };
        /** @description An amount in the currency the vendor states it in, in whole units (dollars, not cents). */
        Money: {
            /** @description How much. */
            amount: components["schemas"]["Exact"];
            /** @description Of what. */
            currency: components["schemas"]["Currency"];
        };
        /** @description A contract, whole. */
        NewContract: {
            /** @description Every price of it: those that are not named any more are gone. */
            prices: components["schemas"]["ContractPrice"][];
        };
        /** @description An invitation just made. */
        NewInvite: {
            email: string;
            expires_at: components["schemas"]["Timestamp"];
            id: components["schemas"]["InviteId"];
            /** @description Send it to them; it is shown only now. */
            link: string;
            role: components["schemas"]["Role"];
        };
        /** @description A token just made. */
        NewToken: components["schemas"]["TokenItem"] & {
            /** @description The token itself; it is shown only now. */
            token: string;
        };
        /** @description What cost something nobody knows. */
        NotPricedView: {
            /**
             * Format: int64
             * @description Events.
             */
            events: number;
            /**
             * Format: int64
             * @description Their tokens, in and out.
             */
            tokens: number;
        };
        /** @description What a vendor says to an ability. */
        OfferView: {
            ability: components["schemas"]["Ability"];
            /** @description Kinds of credential that have it. */
            kinds: string[];
            offered: boolean;
            /** @description Why it is not offered, and where the figure can come from instead. */
            reason: string | null;
        };
        /** @description The month and its end. */
        OutlookView: {
            /** @description When this was read. */
            as_of: components["schemas"]["Timestamp"];
            /** @description Which figure is forecast. */
            basis: components["schemas"]["ForecastBasis"];
            forecast: components["schemas"]["ForecastView"] | null;
            /** @description First instant of the month, in UTC. */
            from: components["schemas"]["Timestamp"];
            /** @description How it is made. */
            method: string;
            /**
             * Format: int64
             * @description Tokens of the month that have no price: in no figure here.
             */
            not_priced_tokens: number;
            /** @description Why there is none. */
            reason: string | null;
            /** @description Spent in the month up to now. */
            spent_usd: string;
            /** @description First instant of the next. */
            to: components["schemas"]["Timestamp"];
        };
        /** @description The dashboard. */
        Overview: {
            /** @description Events by action. */
            actions: components["schemas"]["ByAction"][];
            /** @description When this was read. */
            as_of: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description Width of a bucket.
             */
            bucket_seconds: number;
            /** @description This is a demo. */
            demo: boolean;
            /** @description First instant of the window. */
            from: components["schemas"]["Timestamp"];
            /** @description The figures at the top. */
            kpis: components["schemas"]["Kpis"];
            /** @description The latest critical events in the window, newest first. */
            latest_critical: components["schemas"]["EventRow"][];
            /** @description How the pipeline does. */
            pipeline: components["schemas"]["Strip"];
            /** @description What is compared with. */
            previous: components["schemas"]["Span"];
            /** @description The series. */
            series: components["schemas"]["Series"];
            /** @description Events by worst severity. */
            severities: components["schemas"]["BySeverity"][];
            /** @description First instant after. */
            to: components["schemas"]["Timestamp"];
            /** @description The lists. */
            top: components["schemas"]["Tops"];
        };
        /** @description One partition of the log. */
        PartitionView: {
            /**
             * Format: int64
             * @description Its last sequence number.
             */
            high_water: number;
            /**
             * Format: int32
             * @description Which.
             */
            id: number;
        };
        /** @description A change of password. */
        PasswordForm: {
            /**
             * Format: password
             * @description The one in force.
             */
            current_password: string;
            /**
             * Format: password
             * @description 12 to 128 characters, not easy to guess.
             */
            new_password: string;
        };
        /** @description Percentiles, in ms, right within 1 %; none without measurements. */
        Percentiles: {
            /**
             * Format: int64
             * @description Half are below.
             */
            p50: number | null;
            /**
             * Format: int64
             * @description 95 of 100 are below.
             */
            p95: number | null;
            /**
             * Format: int64
             * @description 99 of 100 are below.
             */
            p99: number | null;
        };
        /** @description How the pipeline does. */
        PipelineStatus: {
            /** @description When this was read. */
            as_of: components["schemas"]["Timestamp"];
            /** @description Who reads it. */
            consumers: components["schemas"]["ConsumerView"][];
            /** @description The log. */
            partitions: components["schemas"]["PartitionView"][];
            /** @description Records waiting for their commit. */
            queue: components["schemas"]["Queue"];
            /** @description Per second, over the last ten. */
            rates: components["schemas"]["Rates"];
            /** @description By source, since the process started. */
            sources: components["schemas"]["SourceStats"][];
            /** @description Since the process started. */
            totals: components["schemas"]["PipelineTotals"];
        };
        /** @description Counts since the process started. */
        PipelineTotals: {
            /**
             * Format: int64
             * @description Known already.
             */
            duplicates: number;
            /**
             * Format: int64
             * @description Items posted.
             */
            received: number;
            /**
             * Format: int64
             * @description Refused because the queue was full or the store could not write.
             */
            refused: number;
            /**
             * Format: int64
             * @description Not accepted.
             */
            rejected: number;
            /**
             * Format: int64
             * @description Made durable.
             */
            stored: number;
        };
        /** @description UTF-8 bytes of a text. */
        Place: {
            /** @description After the last. */
            end: number;
            /** @description First. */
            start: number;
        };
        /**
         * Format: binary
         * @description A message of opentelemetry-proto.
         */
        Protobuf: string;
        /** @description How good a detector is on the shipped set. */
        Quality: {
            /** @description The same at every threshold. */
            curve: components["schemas"]["Trade"][];
            /**
             * Format: double
             * @description Their harmonic mean.
             */
            f1: number;
            /**
             * Format: double
             * @description Share of its findings that are right, at its own threshold.
             */
            precision: number;
            /**
             * Format: double
             * @description Share of the values it finds.
             */
            recall: number;
            /** @description Texts in the set. */
            texts: number;
            /** @description Values, or attacks, of its kind in the set. */
            values: number;
        };
        /** @description How much was used. A figure the vendor does not state is absent: 0 is a figure. */
        Quantities: {
            /**
             * Format: int64
             * @description Of those, written to it.
             * @default null
             */
            cache_write_tokens: number | null;
            /**
             * Format: int64
             * @description Of those, read from the vendor's cache.
             * @default null
             */
            cached_input_tokens: number | null;
            /**
             * Format: int64
             * @description All input tokens, cached and cache-written ones included, whatever the vendor's own field includes.
             * @default null
             */
            input_tokens: number | null;
            /**
             * @description Everything else by unit: `images`, `seconds`, `characters`, `credits`, `searches`…
             * @default {}
             */
            other: {
                [key: string]: components["schemas"]["Exact"];
            };
            /**
             * Format: int64
             * @description All output tokens, reasoning included.
             * @default null
             */
            output_tokens: number | null;
            /**
             * Format: int64
             * @description Of those, spent on reasoning.
             * @default null
             */
            reasoning_tokens: number | null;
            /**
             * Format: int64
             * @description Calls.
             * @default null
             */
            requests: number | null;
        };
        /** @description Records waiting for their commit. */
        Queue: {
            /** @description At most; beyond it requests are refused with 429. */
            capacity: number;
            /** @description Now. */
            depth: number;
        };
        /**
         * @description The ranges a caller can name instead of two instants.
         * @enum {string}
         */
        Range: "15m" | "1h" | "24h" | "7d" | "30d" | "90d";
        /** @description Rates of exchange, whole. */
        RateList: {
            /** @description Every rate: those that are not named any more are gone. */
            rates: components["schemas"]["CurrencyRate"][];
        };
        /** @description Per second, over the last ten. */
        Rates: {
            /**
             * Format: double
             * @description Items posted.
             */
            received_per_s: number;
            /**
             * Format: double
             * @description Not accepted.
             */
            rejected_per_s: number;
            /**
             * Format: double
             * @description Made durable.
             */
            stored_per_s: number;
        };
        /** @description Prices in US dollars for 1,000,000 tokens. */
        RatesView: {
            cache_write: components["schemas"]["Exact"] | null;
            cached_input: components["schemas"]["Exact"] | null;
            /** @description The call itself, in US dollars. */
            call: components["schemas"]["Exact"];
            /** @description Input tokens. */
            input: components["schemas"]["Exact"];
            output: components["schemas"]["Exact"] | null;
            reasoning: components["schemas"]["Exact"] | null;
        };
        /** @description Whether it can do its work. */
        Readiness: {
            /** @description Each part it needs. */
            checks: components["schemas"]["Check"][];
            /** @description `ready` or `not_ready`. */
            status: string;
        };
        /** @description Reported against observed. */
        Reconciliation: {
            /** @description When this was read. */
            as_of: components["schemas"]["Timestamp"];
            /** @description Billed in all lines, in US dollars. */
            billed_usd: string;
            /** @description By cause, the most common first. */
            causes: components["schemas"]["CauseTotal"][];
            /** @description Billed in currencies without a rate: in no sum above. */
            foreign: components["schemas"]["ForeignView"][];
            /** @description First instant: the window is widened to whole days in UTC. */
            from: components["schemas"]["Timestamp"];
            /** @description What a line is about. */
            group: components["schemas"]["ReconciliationGroup"];
            /** @description The lines with the largest gaps. */
            items: components["schemas"]["ReconciliationLine"][];
            /** @description Lines with smaller ones that are not listed; they are in the totals. */
            left_off: number;
            /**
             * Format: int64
             * @description Tokens without a price in all lines.
             */
            not_priced_tokens: number;
            /** @description Seen in all lines. */
            seen_usd: string;
            /** @description First instant after. */
            to: components["schemas"]["Timestamp"];
        };
        /**
         * @description What a line is about, beside its day.
         * @enum {string}
         */
        ReconciliationGroup: "vendor" | "model" | "key";
        /** @description One comparison. */
        ReconciliationLine: {
            /**
             * Format: int64
             * @description Tokens the vendor counts; none where no usage is collected.
             */
            billed_tokens: number | null;
            /** @description Billed, in US dollars; none where no bill is collected, or its currency has no rate. */
            billed_usd: string | null;
            /** @description Why the two are as they are. */
            cause: components["schemas"]["Cause"];
            /**
             * Format: float
             * @description How far the figures bear that out, 0 to 1.
             */
            confidence: number;
            /** @description First instant of the day, in UTC. */
            day: components["schemas"]["Timestamp"];
            /** @description True: the gap is by the price book, because there is no bill in dollars. */
            gap_expected: boolean;
            /**
             * Format: double
             * @description That gap as a part of what was billed, or would be.
             */
            gap_share: number | null;
            /** @description Billed less seen; where there is no bill in dollars, what the tokens the vendor counts cost by the price book, less seen. */
            gap_usd: string | null;
            /** @description Model or key; none where lines are about vendors, and for what names none. */
            key: string | null;
            /**
             * Format: int64
             * @description Of those, without a price.
             */
            not_priced_tokens: number;
            /** @description True: `key` is no value. It stands for those that were not kept apart. */
            other: boolean;
            /** @description In words. */
            reason: string;
            /**
             * Format: int64
             * @description Events seen here.
             */
            seen_events: number;
            /**
             * Format: int64
             * @description Tokens seen here.
             */
            seen_tokens: number;
            /** @description Seen here: stated in answers, or by the price book. */
            seen_usd: string;
            /** @description Vendor. */
            vendor: string;
        };
        /**
         * @description A text with every finding replaced, in each mode. Attacks on a model stay as they are. Pseudonyms and values of the
         *     same form depend on a key made for this answer alone: another scan gives other ones.
         */
        Redactions: {
            /** @description By its sample: `•••-••-6789`. */
            mask: components["schemas"]["Replaced"];
            /** @description By type and number: `[SSN_1]`. Equal values have equal numbers. */
            placeholder: components["schemas"]["Replaced"];
            /** @description By a keyed token: `SSN_7F3K9Q2M`. Equal values have equal tokens, so they can be turned back. */
            pseudonym: components["schemas"]["Replaced"];
            /**
             * @description By another value of the same form: a card of the same issuer with a right check digit, a date moved. Secrets
             *     and what has no form become placeholders.
             */
            same_form: components["schemas"]["Replaced"];
        };
        /** @description A new account. */
        RegisterForm: {
            /** @description Their address; the one invited. */
            email: string;
            /** @description From the invitation's link. */
            invite_token?: string | null;
            /** @description Shown name. */
            name: string;
            /**
             * Format: password
             * @description 12 to 128 characters, not easy to guess.
             */
            password: string;
        };
        /**
         * @description Who may make an account.
         * @enum {string}
         */
        Registration: "off" | "invite" | "open";
        /** @description A text with its findings replaced. */
        Replaced: {
            /** @description Where each finding lies in it, in the order of `findings`; empty where nothing stands for it. */
            spans: components["schemas"]["Place"][];
            /** @description The text. */
            text: string;
        };
        /** @description What vendors said. */
        ReportedView: {
            /** @description By their bills: the ledger's cost rows. */
            billed_usd: string;
            /** @description By their bills, called an estimate by the vendor itself. */
            estimated_usd: string;
            /** @description By their answers to the calls seen here. Mostly the same money as in the bills, so the two are never added. */
            stated_usd: string;
        };
        /** @description An event, scanned again. */
        RescanAnswer: {
            /** @description Which. */
            event_id: components["schemas"]["EventId"];
            /** @description Each part as kept. */
            parts: components["schemas"]["RescanPart"][];
        };
        /** @description A part of an event, scanned again. */
        RescanPart: components["schemas"]["ScanAnswer"] & {
            /** @description Index into the event's `parts`. */
            index: number;
        };
        /**
         * @description A person's role. Ordered: each contains the ones below it.
         * @enum {string}
         */
        Role: "viewer" | "analyst" | "admin";
        /** @description A rotation under way. */
        RotationView: {
            /**
             * Format: int64
             * @description Records of this pass that do not open.
             */
            failed: number;
            /**
             * Format: int64
             * @description Records re-encrypted so far.
             */
            moved: number;
            /**
             * Format: int32
             * @description Which pass over what is under older keys; the last one finds nothing.
             */
            pass: number;
            /** @description When it began. */
            started_at: components["schemas"]["Timestamp"];
        };
        /** @description What became of rows. */
        RowCounts: {
            /**
             * Format: int64
             * @description Revised.
             * @default 0
             */
            changed: number;
            /**
             * Format: int64
             * @description Not there before.
             * @default 0
             */
            new: number;
            /**
             * Format: int64
             * @description As before.
             * @default 0
             */
            same: number;
            /**
             * Format: int64
             * @description Taken back by the vendor.
             * @default 0
             */
            withdrawn: number;
        };
        /** @description A breaker that holds a run's calls back. */
        RunBreaker: {
            /** @description Which host. */
            host: string;
            /**
             * Format: int64
             * @description When one call may try.
             */
            retry_in_seconds: number;
            /** @description `open` or `half_open`. */
            state: string;
        };
        /**
         * Format: uuid
         * @description One reading of a vendor with a credential.
         */
        RunId: string;
        /** @description Runs. */
        RunList: {
            /** @description The latest first. */
            items: components["schemas"]["RunView"][];
            /** @description Where to go on. */
            next_cursor: string | null;
        };
        /**
         * @description Where a run is.
         * @enum {string}
         */
        RunState: "running" | "whole" | "partly" | "failed" | "cancelled" | "interrupted";
        /** @description A run of the collector. */
        RunView: {
            breaker: components["schemas"]["RunBreaker"] | null;
            ended_at: components["schemas"]["Timestamp"] | null;
            /** @description Why it could not begin, and what to do. */
            error: string | null;
            /** @description In the order they are read in. */
            feeds: components["schemas"]["FeedRun"][];
            from: components["schemas"]["Timestamp"] | null;
            id: components["schemas"]["RunId"];
            /** @description As it was called then. */
            key: components["schemas"]["KeyName"];
            /**
             * Format: double
             * @description Of a back-fill: the share of its days that was read, 0 to 1.
             */
            progress: number | null;
            started_at: components["schemas"]["Timestamp"];
            state: components["schemas"]["RunState"];
            to: components["schemas"]["Timestamp"] | null;
            trigger: components["schemas"]["Trigger"];
        };
        /** @description What the engine says of a text. Offsets are UTF-8 bytes of the text given. */
        ScanAnswer: {
            /** @description What would be decided. */
            action: components["schemas"]["Action"];
            /** @description Length of the text. */
            bytes: number;
            /** @description What was found. */
            findings: components["schemas"]["FindingView"][];
            /**
             * Format: float
             * @description How likely it attacks a model, 0 to 1.
             */
            injection: number;
            /** @description The text as it would be kept. */
            redacted: string;
            /**
             * Format: int64
             * @description Time in the engine, in µs.
             */
            scan_us: number;
        };
        /** @description What the engine took for the texts it read since the program began. */
        ScanCost: {
            /**
             * Format: int64
             * @description Bytes of text it read.
             */
            bytes: number;
            /**
             * Format: double
             * @description Microseconds for a thousand of them: reading, deciding and masking.
             */
            us_per_kb: number;
        };
        /** @description A text to try. */
        ScanRequest: {
            /** @description At most 1 MiB. */
            text: string;
        };
        /** @description A schedule to set. */
        ScheduleForm: {
            /** @description Minute, hour, day, month, weekday; in UTC. */
            cron: string;
            /** @description Runs begin by themselves. */
            enabled?: boolean;
            /**
             * Format: int64
             * @description Each run begins up to so much later, so that not all begin at once.
             */
            jitter_seconds?: number;
        };
        /** @description Schedules. */
        ScheduleList: {
            /** @description By credential, the oldest first. */
            items: components["schemas"]["ScheduleView"][];
            /** @description Where to go on. */
            next_cursor: string | null;
        };
        /** @description A credential's schedule. */
        ScheduleView: {
            backing_off_until: components["schemas"]["Timestamp"] | null;
            /** @description Minute, hour, day, month, weekday; in UTC. */
            cron: string;
            enabled: boolean;
            /**
             * Format: int32
             * @description Runs in a row that did not end well.
             */
            failures: number;
            /**
             * Format: int64
             * @description Each run begins up to so much later.
             */
            jitter_seconds: number;
            key: components["schemas"]["KeyName"];
            last_run_id: components["schemas"]["RunId"] | null;
            next_run_at: components["schemas"]["Timestamp"];
            /** @description What waits for somebody to act, and for what: the feeds go on once the credential is changed or validated. */
            paused_because: string | null;
        };
        /**
         * @description What an API token may do.
         * @enum {string}
         */
        Scope: "ingest" | "gateway" | "read" | "admin" | "scim" | "metrics";
        /** @description Whether the vault opens its canary. */
        SelfTest: {
            /** @description What is wrong, for the operator. */
            detail: string | null;
            /** @description It does. */
            ok: boolean;
        };
        /** @description The stacked series. */
        Series: {
            /** @description Where each bucket starts. */
            buckets: components["schemas"]["Timestamp"][];
            /** @description The dimension. */
            by: string;
            /** @description False: the last bucket is not over. */
            complete: boolean;
            /** @description The lines. */
            metrics: components["schemas"]["Metrics"];
        };
        /**
         * Format: uuid
         * @description One signed-in device.
         */
        SessionId: string;
        /** @description A signed-in device. */
        SessionItem: {
            address: string;
            created_at: components["schemas"]["Timestamp"];
            /** @description The one this request came with. */
            current: boolean;
            expires_at: components["schemas"]["Timestamp"];
            id: components["schemas"]["SessionId"];
            /** @description To the minute. */
            last_used_at: components["schemas"]["Timestamp"];
            user_agent: string;
        };
        /** @description The caller's sessions. */
        SessionList: {
            /** @description Newest first. */
            items: components["schemas"]["SessionItem"][];
            /** @description Always null: there are few. */
            next_cursor: string | null;
        };
        /** @description The first admin. */
        SetupForm: {
            /** @description Their address. */
            email: string;
            /** @description Shown name. */
            name: string;
            /**
             * Format: password
             * @description 12 to 128 characters, not easy to guess.
             */
            password: string;
            /** @description From the link printed at start. */
            token: string;
        };
        /**
         * @description How bad it is that this value is here. Ordered: `Info < Critical`.
         * @enum {string}
         */
        Severity: "info" | "low" | "medium" | "high" | "critical";
        /**
         * @description How well an ability of a vendor is seen.
         * @enum {string}
         */
        Sight: "not_offered" | "blind" | "lacking" | "failing" | "seen" | "fresh";
        /**
         * @description How we came to know of an interaction.
         * @enum {string}
         */
        Source: "app" | "gateway" | "collector" | "otlp";
        /** @description Of one source. */
        SourceStats: {
            last_at: components["schemas"]["Timestamp"] | null;
            /** @description Which. */
            source: components["schemas"]["Source"];
            /**
             * Format: int64
             * @description Made durable.
             */
            stored: number;
        };
        /** @description A window's ends. */
        Span: {
            /** @description First instant inside. */
            from: components["schemas"]["Timestamp"];
            /** @description First instant after. */
            to: components["schemas"]["Timestamp"];
        };
        /**
         * @description What spend is told apart by.
         * @enum {string}
         */
        SpendBy: "vendor" | "model" | "key" | "team" | "app" | "user" | "cost_center" | "project";
        /**
         * @description Whether a credential has an ability.
         * @enum {string}
         */
        Standing: "has" | "lacks" | "unclear";
        /**
         * @description How an interaction ended.
         * @enum {string}
         */
        Status: "ok" | "error" | "truncated" | "blocked";
        /** @description How the pipeline does. */
        Strip: {
            /**
             * Format: double
             * @description How long the figures have been behind the log.
             */
            lag_seconds: number;
            last_received_at: components["schemas"]["Timestamp"] | null;
            /** @description Records waiting for their commit. */
            queue_depth: number;
            /**
             * Format: double
             * @description Over the last ten seconds.
             */
            stored_per_s: number;
        };
        /**
         * Format: uuid
         * @description A person as events name them; derived from the name by a keyed hash, so it is no v7.
         */
        SubjectId: string;
        /** @description What leaks, from whom, to whom. */
        Summary: {
            /** @description When this was read. */
            as_of: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description Width of a bucket.
             */
            bucket_seconds: number;
            /** @description Events by action. */
            by_action: components["schemas"]["ByAction"][];
            /** @description Applications with findings, most first; at most twenty. */
            by_app: components["schemas"]["Tallied"][];
            /** @description By detector, each by vendor. */
            by_detector: components["schemas"]["ByDetector"][];
            /** @description Events by worst severity. */
            by_severity: components["schemas"]["BySeverity"][];
            /** @description People with findings, most first; at most twenty. */
            by_user: components["schemas"]["Tallied"][];
            /** @description By vendor. */
            by_vendor: components["schemas"]["Tallied"][];
            /** @description First instant of the window. */
            from: components["schemas"]["Timestamp"];
            /** @description The latest events with a finding, newest first; at most twenty. */
            recent: components["schemas"]["EventRow"][];
            /** @description Findings over time. */
            series: components["schemas"]["SummarySeries"];
            /** @description First instant after. */
            to: components["schemas"]["Timestamp"];
            /** @description All together. */
            totals: components["schemas"]["Totals"];
        };
        /** @description Findings over time. */
        SummarySeries: {
            /** @description Where each bucket starts. */
            buckets: components["schemas"]["Timestamp"][];
            /** @description By detector. */
            series: components["schemas"]["Line"][];
        };
        /** @description What to read; everything that is due where nothing is said. */
        SyncForm: {
            /**
             * @description These feeds only.
             * @default null
             */
            feeds: components["schemas"]["Ability"][] | null;
            /** @default null */
            from: components["schemas"]["Timestamp"] | null;
            /** @default null */
            to: components["schemas"]["Timestamp"] | null;
        };
        /** @description A value and how many findings or events it has. */
        Tallied: {
            /**
             * Format: int64
             * @description Events.
             */
            events: number;
            /**
             * Format: int64
             * @description Findings.
             */
            findings: number;
            /** @description The value. */
            key: string;
            /** @description True: `key` is no value. These are the events of values that were not kept apart, because there were too many. */
            other: boolean;
        };
        /** @description What was agreed. */
        Terms: {
            /** @enum {string} */
            kind: "discount";
            /** @description So many per cent less, 0 to 100, two decimals at most. */
            percent: components["schemas"]["Exact"];
        } | {
            cache_write?: components["schemas"]["Exact"] | null;
            cached_input?: components["schemas"]["Exact"] | null;
            /** @description Input tokens. */
            input: components["schemas"]["Exact"];
            /** @enum {string} */
            kind: "absolute";
            /** @description Output tokens. */
            output: components["schemas"]["Exact"];
            reasoning?: components["schemas"]["Exact"] | null;
        };
        /** @description A one-use ticket. */
        Ticket: {
            /** @description Until when it holds. */
            expires_at: components["schemas"]["Timestamp"];
            /** @description For `?token=`. */
            ticket: string;
        };
        /**
         * @description How a vendor was asked to serve a call.
         * @enum {string}
         */
        Tier: "standard" | "batch" | "flex" | "priority";
        /** @description Prices of another tier. */
        TierView: {
            /** @description The prices. */
            prices: components["schemas"]["RatesView"];
            /** @description Which. */
            tier: components["schemas"]["Tier"];
        };
        /**
         * Format: date-time
         * @description Milliseconds since 1970-01-01 UTC; RFC 3339 with milliseconds in JSON.
         */
        Timestamp: string;
        /** @description A token to make. */
        TokenForm: {
            /**
             * Format: int32
             * @description Days it holds, up to ten years; without, until deleted.
             */
            expires_in_days?: number | null;
            /** @description What people call it; unique. */
            name: string;
            /** @description What it may do; at least one. */
            scopes: components["schemas"]["Scope"][];
        };
        /**
         * Format: uuid
         * @description An API token.
         */
        TokenId: string;
        /** @description A token, without its secret. */
        TokenItem: {
            created_at: components["schemas"]["Timestamp"];
            /** @description Who made it: an address, or an operator's name. */
            created_by: string;
            demo: boolean;
            expires_at: components["schemas"]["Timestamp"] | null;
            id: components["schemas"]["TokenId"];
            /** @description Its last four characters. */
            last4: string;
            last_used_at: components["schemas"]["Timestamp"] | null;
            name: string;
            scopes: components["schemas"]["Scope"][];
        };
        /** @description Tokens. */
        TokenList: {
            /** @description Oldest first. */
            items: components["schemas"]["TokenItem"][];
            /** @description Where to go on. */
            next_cursor: string | null;
        };
        /** @description Tokens seen here. */
        TokensView: {
            /**
             * Format: int64
             * @description Of those, written to a cache.
             */
            cache_write: number;
            /**
             * Format: int64
             * @description Of those, read from a cache.
             */
            cached_input: number;
            /**
             * Format: int64
             * @description All input tokens.
             */
            input: number;
            /**
             * Format: int64
             * @description All output tokens.
             */
            output: number;
            /**
             * Format: int64
             * @description Of those, spent on reasoning.
             */
            reasoning: number;
        };
        /** @description A line of a "top" list. */
        Top: {
            /**
             * Format: int64
             * @description Events that ended in an error or broke off.
             */
            errors: number;
            /**
             * Format: int64
             * @description Events.
             */
            events: number;
            /**
             * Format: int64
             * @description Findings.
             */
            findings: number;
            /** @description Value of the dimension. */
            key: string;
            /**
             * Format: int64
             * @description 95th percentile of durations, where it is kept.
             */
            latency_p95_ms: number | null;
            /** @description True: `key` is no value. These are the events of values that were not kept apart, because there were too many. */
            other: boolean;
            /**
             * Format: int64
             * @description Tokens in and out.
             */
            tokens: number;
            /** @description The vendor, in the list of models. */
            vendor: string | null;
        };
        /** @description A line of the list of detectors. */
        TopDetector: {
            /**
             * Format: int64
             * @description Critical findings.
             */
            critical: number;
            /** @description Its id. */
            detector: string;
            /**
             * Format: int64
             * @description Events it found something in.
             */
            events: number;
            /**
             * Format: int64
             * @description Findings.
             */
            findings: number;
            /**
             * Format: int64
             * @description High findings.
             */
            high: number;
        };
        /**
         * @description The "top" lists: at most eight values each. Where values were not kept apart, a line marked `other` stands last, and
         *     what the others say is a lower bound.
         */
        Tops: {
            /** @description Applications by events. */
            apps: components["schemas"]["Top"][];
            /** @description Detectors by findings. */
            detectors: components["schemas"]["TopDetector"][];
            /** @description Models by events. */
            models: components["schemas"]["Top"][];
            /** @description Teams by events. */
            teams: components["schemas"]["Top"][];
            /** @description People by findings, then events. */
            users: components["schemas"]["Top"][];
            /** @description Vendors by events. */
            vendors: components["schemas"]["Top"][];
        };
        /** @description What was found, counted. */
        Totals: {
            /**
             * Format: int64
             * @description Events.
             */
            events: number;
            /**
             * Format: int64
             * @description Events with a finding.
             */
            events_with_findings: number;
            /**
             * Format: int64
             * @description Findings.
             */
            findings: number;
        };
        /** @description What a threshold costs. */
        Trade: {
            /** @description Found and not there. */
            false_alarms: number;
            /** @description Found and there. */
            found: number;
            /** @description There and not found. */
            missed: number;
            /**
             * Format: float
             * @description Policy acts from this confidence up.
             */
            threshold: number;
        };
        /** @description What the engine says of a text, and the text with what was found replaced. */
        TrialAnswer: components["schemas"]["ScanAnswer"] & {
            /** @description The text is a JSON object or list: it is replaced inside its strings and numbers, and stays one. */
            json: boolean;
            /** @description In each mode. */
            redactions: components["schemas"]["Redactions"];
        };
        /**
         * @description Why a run began.
         * @enum {string}
         */
        Trigger: "manual" | "schedule" | "backfill" | "window";
        /** @description Tokens, in five disjoint buckets plus what the vendor calls input and output. */
        Usage: {
            /**
             * Format: int64
             * @description Of those, written to the vendor's cache.
             * @default 0
             */
            cache_write_tokens: number;
            /**
             * Format: int64
             * @description Of those, read from the vendor's cache.
             * @default 0
             */
            cached_input_tokens: number;
            /**
             * Format: int64
             * @description All input tokens billed, cached ones included.
             * @default 0
             */
            input_tokens: number;
            /**
             * Format: int64
             * @description All output tokens billed, reasoning included.
             * @default 0
             */
            output_tokens: number;
            /**
             * Format: int64
             * @description Of those, spent on reasoning the caller did not see.
             * @default 0
             */
            reasoning_tokens: number;
        };
        /** @description A page of the ledger. */
        UsageList: {
            /** @description Rows looked at. */
            examined: number;
            /** @description First instant of the window. */
            from: components["schemas"]["Timestamp"];
            /** @description The rows; a page may be short while `next_cursor` is set, because a page's work is bounded. */
            items: components["schemas"]["UsageRow"][];
            /** @description Where to go on; none at the end. */
            next_cursor: string | null;
            /** @description First instant after. */
            to: components["schemas"]["Timestamp"];
        };
        /** @description A row of a vendor's books. */
        UsageRow: {
            before: components["schemas"]["LedgerStatement"] | null;
            /** @description When it last did, as far as was seen. */
            changed_at: components["schemas"]["Timestamp"];
            /** @description What people call that. */
            credential: string;
            /** @description Read under which credential. */
            credential_id: string;
            /** @description What it is about. */
            dimensions: components["schemas"]["Dimensions"];
            /** @description The vendor's bucket: first instant. */
            from: components["schemas"]["Timestamp"];
            /** @description What it states. */
            kind: components["schemas"]["LedgerKind"];
            /**
             * Format: int32
             * @description How often the vendor changed it.
             */
            revision: number;
            stated: components["schemas"]["LedgerStatement"] | null;
            /** @description First instant after. */
            to: components["schemas"]["Timestamp"];
            /** @description Vendor id. */
            vendor: string;
        };
        /**
         * Format: uuid
         * @description Someone who can log in.
         */
        UserId: string;
        /**
         * @description A rule for the digits, or letters and digits, of a value; separators do not count.
         * @enum {string}
         */
        Validator: "luhn" | "mod10" | "mod11" | "mod97";
        /** @description The vault. */
        VaultView: {
            /** @description Keys that open what is stored; the first also seals. */
            chain_depth: number;
            /** @description When the vault was made. */
            created_at: components["schemas"]["Timestamp"];
            /** @description Names the KEK without saying anything about it. */
            kek_id: string;
            /** @description Where the key-encryption key (KEK) comes from: `env:NAME`, `file:PATH` or `transit:URL#key`. */
            kek_source: string;
            /** @description The keys, the primary first. */
            keys: components["schemas"]["DataKeyView"][];
            last_rotation: components["schemas"]["LastRotation"] | null;
            rotation: components["schemas"]["RotationView"] | null;
            /** @description Whether the vault opens its canary. */
            self_test: components["schemas"]["SelfTest"];
        };
        /** @description A vendor's prices. */
        VendorBook: {
            /** @description What was agreed upon. */
            contract: components["schemas"]["ContractView"];
            /** @description The list that holds now. */
            list: components["schemas"]["ListView"];
            /** @description Its models in the list, by name. */
            models: components["schemas"]["ModelPrices"][];
            /** @description Vendor id. */
            vendor: string;
        };
        /** @description A vendor of one's own to make. */
        VendorForm: {
            /** @description Where its pages are asked: see the guide on custom vendors. */
            collector_url: string;
            /** @description Where the fields stand in its answers, as JSON text; without, our own shape. */
            mapping?: string | null;
            /** @description What people call it; its id is made of it. */
            name: string;
            /** @description Others than you see it. */
            shared?: boolean;
        };
        /** @description Vendors. */
        VendorList: {
            /** @description The twelve, then those of one's own. */
            items: components["schemas"]["VendorView"][];
        };
        /** @description What is seen of the vendors. */
        VendorMap: {
            as_of: components["schemas"]["Timestamp"];
            /** @description The twelve, then those of one's own. */
            items: components["schemas"]["VendorRow"][];
        };
        /** @description A vendor in the book. */
        VendorPrices: {
            /** @description Prices agreed upon. */
            contract_prices: number;
            /** @description Models in the list. */
            models: number;
            /**
             * Format: int64
             * @description How often the contract has changed.
             */
            revision: number;
            /** @description Vendor id. */
            vendor: string;
        };
        /** @description A vendor's row. */
        VendorRow: {
            cells: components["schemas"]["CoverageCell"][];
            /** @description Credentials there are. */
            keys: number;
            last_data_at: components["schemas"]["Timestamp"] | null;
            name: string;
            vendor: string;
        };
        /** @description A vendor: what it offers, and how to connect it. */
        VendorView: {
            /** @description Every ability: offered with which kinds, or why not. */
            abilities: components["schemas"]["OfferView"][];
            custom: components["schemas"]["CustomView"] | null;
            /** @description Where the vendor documents its admin API. */
            docs: string;
            /** @description Hosts that are called; each can be replaced for a credential. */
            hosts: components["schemas"]["HostView"][];
            /** @description As URLs, events and the ledger have it. */
            id: string;
            /** @description Kinds of credential, each with its form. */
            kinds: components["schemas"]["KindView"][];
            name: string;
            /** @description What a person should know: delays, what a figure leaves out. */
            notes: string[];
        };
        /** @description What is running. */
        Versions: {
            /**
             * Format: int64
             * @description Bytes in the data folder.
             */
            data_bytes: number;
            /**
             * Format: int32
             * @description Version of the stored form of events.
             */
            event_schema: number;
            /**
             * Format: int64
             * @description Resident memory, where the system tells.
             */
            memory_bytes: number | null;
            /** @description When this process started. */
            started_at: components["schemas"]["Timestamp"];
            /** @description The embedded store. */
            store: string;
            /** @description Of the program. */
            version: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
