/** One failure as IIS tells it: the status line, and what its pages say beyond it. */
export interface Failure {
  readonly status: number
  readonly subStatus: number
  /** After “HTTP Error 500.30 - ”. */
  readonly title: string
  /** HTML with what may have happened. */
  readonly reason: string
}

/**
 * The page that the ASP.NET Core module sends to everybody, near or far, always in English
 * (dotnet/aspnetcore, `ancm_error_page.htm`): it names the kind of failure and never the exception.
 */
export function modulePage({ status, subStatus, title, reason }: Failure): string {
  const heading = ` HTTP Error ${status}.${subStatus} - ${title} `
  return `<!DOCTYPE html>
<html lang="en-US" xmlns="http://www.w3.org/1999/xhtml">
    <head>
        <meta charset="utf-8" />
        <title>${heading}</title>
    </head>
    <body>
        <h1>${heading}</h1>

        <h2> Common solutions to this issue: </h2>
        ${reason}

        <h2> Troubleshooting steps: </h2>
        <ul>
            <li> Check the system event log for error messages </li>
            <li> Enable logging the application process' stdout messages </li>
            <li> Attach a debugger to the application process and inspect </li>
        </ul>

        <h2>
            For more information visit:
            <a href="https://go.microsoft.com/fwlink/?LinkID=2028526"> <cite> https://go.microsoft.com/fwlink/?LinkID=2028526 </cite></a>
        </h2>
    </body>
</html>
`.replaceAll('\n', '\r\n')
}

/** What HTTP.sys itself answers, before any worker process is asked. Always in English. */
export function kernelPage(title: string, heading: string, sentence: string): string {
  return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">
<HTML><HEAD><TITLE>${title}</TITLE>
<META HTTP-EQUIV="Content-Type" Content="text/html; charset=us-ascii"></HEAD>
<BODY><h2>${heading}</h2>
<hr><p>${sentence}</p>
</BODY></HTML>
`.replaceAll('\n', '\r\n')
}
