// Starts the console.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { failure } from "@/api/client";
import { Toaster } from "@/components/ui/toast";
import { TooltipProvider } from "@/components/ui/tooltip";
import { startCsp } from "@/lib/csp";
import { startTheme } from "@/lib/theme";
import { router } from "./routes";
import "./app.css";

startCsp();
startTheme();

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays one; only a missing or failing server is asked again.
      retry: (times, error) => {
        const { status } = failure(error);
        return times < 2 && (status === 0 || status >= 500);
      },
      staleTime: 5_000,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <TooltipProvider delayDuration={300}>
        <RouterProvider router={router} />
        <Toaster />
      </TooltipProvider>
    </QueryClientProvider>
  </StrictMode>,
);
