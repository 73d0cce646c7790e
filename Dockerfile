# Built in two steps: the SDK compiles, the runtime image carries only what runs.
# The console answers on loopback only while no sign-in is configured: run the container with host networking.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig appsettings.json ./
COPY config/ config/
COPY src/ src/
RUN dotnet publish src/TsPmo.Sync/TsPmo.Sync.csproj --configuration Release --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
RUN mkdir /app/data && chown $APP_UID /app/data
USER $APP_UID
VOLUME /app/data
EXPOSE 5080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["dotnet", "tspmo.dll", "health"]
ENTRYPOINT ["dotnet", "tspmo.dll"]
CMD ["run"]
